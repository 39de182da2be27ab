create foreign data wrapper far_wrapper;
create server far type 'pg' version '15' foreign data wrapper far_wrapper options (host 'a', port '5');
