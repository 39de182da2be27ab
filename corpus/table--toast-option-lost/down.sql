alter table quote reset (fillfactor, toast.autovacuum_enabled);
