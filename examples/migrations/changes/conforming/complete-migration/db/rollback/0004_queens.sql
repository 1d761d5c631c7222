drop table queens;
