create table quote (id int constraint quote_key primary key, note text);
