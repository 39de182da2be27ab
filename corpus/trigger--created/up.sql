create trigger t_stamp before insert or update of a on t for each row when (new.a > 0) execute function stamp('x');
