alter table quote disable trigger all;
update quote set note = upper(note);
