UPDATE jobs SET body = 'gone' WHERE id = 1;
