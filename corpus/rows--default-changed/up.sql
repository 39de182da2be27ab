alter table quote alter note set default 'none';
