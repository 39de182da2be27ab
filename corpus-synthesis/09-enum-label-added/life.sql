UPDATE tasks SET phase = 'stuck' WHERE id = 2;
