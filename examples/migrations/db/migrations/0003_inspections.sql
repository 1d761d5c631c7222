-- reason: the vet asks for the last three inspections of each hive
create table inspections (
  id bigint generated always as identity primary key,
  hive bigint not null references hives (id),
  inspected date not null,
  mites integer not null check (mites >= 0),
  note text not null default ''
);
create index inspections_by_hive on inspections (hive, inspected desc);
