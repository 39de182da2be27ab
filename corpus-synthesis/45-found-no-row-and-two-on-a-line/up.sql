UPDATE tasks SET state = 1 WHERE id > 0; DELETE FROM pages WHERE md5(code) = '9dd4e461268c8034f5c8564e155c67a6';
