INSERT INTO labels VALUES (1, 'Ärger', 'x'), (2, 'zoo', NULL);
