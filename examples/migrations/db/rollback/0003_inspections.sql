drop index inspections_by_hive;
drop table inspections;
