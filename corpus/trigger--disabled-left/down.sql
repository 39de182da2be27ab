update t set a = null where a = 0;
