-- What all migrations give together. Written by hand, compared with the database in CI.
create table apiaries (
  id bigint generated always as identity primary key,
  name text not null,
  latitude numeric(8, 5) not null,
  longitude numeric(8, 5) not null
);

create table hives (
  id bigint generated always as identity primary key,
  apiary bigint not null references apiaries (id),
  label text not null,
  unique (apiary, label)
);

create table inspections (
  id bigint generated always as identity primary key,
  hive bigint not null references hives (id),
  inspected date not null,
  mites integer not null check (mites >= 0)
);
create index inspections_by_hive on inspections (hive, inspected desc);
