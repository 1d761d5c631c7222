-- reason: inspections are kept by hive, not by apiary
create table hives (
  id bigint generated always as identity primary key,
  apiary bigint not null references apiaries (id),
  label text not null,
  unique (apiary, label)
);
