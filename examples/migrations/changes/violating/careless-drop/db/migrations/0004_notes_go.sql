-- reason: notes moved to the field app; "drop column" in a comment is only talk
alter table inspections
  DROP  COLUMN note;
