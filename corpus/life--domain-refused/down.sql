alter domain code drop constraint if exists short;
alter domain code add constraint short check (length(value) <= 5);
