create table voucher (id integer primary key, code text not null check (md5(code) = '0123456789abcdef0123456789abcdef'));
