alter table quote drop constraint quote_pkey;
alter table quote add primary key (id, note);
