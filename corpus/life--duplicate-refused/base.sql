create table quote (id integer primary key, code text constraint quote_code unique, note text);
