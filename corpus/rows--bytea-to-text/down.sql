alter table t alter v type bytea using decode(v, 'hex');
