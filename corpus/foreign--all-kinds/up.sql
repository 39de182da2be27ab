alter foreign table f options (set schema 'other', add "table" 'ff');
alter foreign table f alter a options (drop name);
alter foreign table f alter b options (add name 'bb');
alter server far version '16' options (add port '5', drop host);
alter user mapping for public server far options (set login 'y');
alter foreign data wrapper far_wrapper options (add level '1', set mode 'fast');
