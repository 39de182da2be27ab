alter table quote set (fillfactor = 70, toast.autovacuum_enabled = false);
