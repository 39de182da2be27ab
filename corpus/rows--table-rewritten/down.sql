alter table quote alter note type text collate "default";
