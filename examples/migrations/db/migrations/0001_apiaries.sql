-- reason: the register starts with where hives stand
create table apiaries (
  id bigint generated always as identity primary key,
  name text not null,
  latitude numeric(8, 5) not null,
  longitude numeric(8, 5) not null
);
