alter table quote set (fillfactor = 90, toast.autovacuum_enabled = true);
