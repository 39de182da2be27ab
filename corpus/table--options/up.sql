alter table quote set (fillfactor = 90);
alter table quote reset (toast.autovacuum_enabled);
