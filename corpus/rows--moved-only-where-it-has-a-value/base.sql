create table lamp (id integer primary key, name text not null, fixed_to jsonb, remark text);
