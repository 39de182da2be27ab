alter table shelf add column path text;
update shelf set path = path_of(slug);
alter table shelf alter column path set not null;
