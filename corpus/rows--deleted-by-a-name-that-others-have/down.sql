delete from pass where name = 'spare';
