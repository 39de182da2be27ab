alter table voucher add column code text check (md5(code) = '0123456789abcdef0123456789abcdef');
