delete from reminder where kind = 'weekly' and id >= 500;
