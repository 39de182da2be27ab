create table person (id integer primary key, token text not null check (md5(token) = '0123456789abcdef0123456789abcdef'));
