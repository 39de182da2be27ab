create domain code as text constraint short check (length(value) <= 5);
create table quote (id integer primary key, code code);
