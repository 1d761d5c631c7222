drop table apiaries;
