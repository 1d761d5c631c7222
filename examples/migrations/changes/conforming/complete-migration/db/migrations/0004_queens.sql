-- reason: breeders want to know which queens give calm hives
create table queens (
  id bigint generated always as identity primary key,
  hive bigint not null references hives (id),
  hatched integer not null
);
