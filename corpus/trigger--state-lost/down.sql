create trigger t_stamp before insert on t for each row execute function stamp();
