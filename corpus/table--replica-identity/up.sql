alter table quote replica identity full;
