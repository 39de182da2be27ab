UPDATE jobs SET urgency = 2 WHERE id = 3;
