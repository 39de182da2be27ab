alter table chat drop column size;
