alter table t alter state set default 'sent';
