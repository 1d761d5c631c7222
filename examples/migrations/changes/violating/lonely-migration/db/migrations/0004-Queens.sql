create table queens (
  id bigint generated always as identity primary key,
  hive bigint not null references hives (id),
  hatched integer not null
);
