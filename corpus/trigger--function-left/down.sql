drop trigger t_stamp on t;
