alter table inspections add column note text not null default '';
