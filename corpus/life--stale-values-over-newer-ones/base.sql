create table quote (id integer primary key, note text, terms text, code text);
