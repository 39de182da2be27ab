create table word (id integer primary key, text text);
create view words as select id, text from word;
