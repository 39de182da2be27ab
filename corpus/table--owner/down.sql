alter table quote owner to current_user;
