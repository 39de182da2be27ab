alter table place drop column within;
