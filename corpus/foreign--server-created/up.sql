create foreign data wrapper far_wrapper;
create server far foreign data wrapper far_wrapper options (host 'a');
create user mapping for public server far options (login 'x');
create foreign table f (a int) server far;
