alter table shelf drop column path;
