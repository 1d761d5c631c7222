drop table hives;
