INSERT INTO labels VALUES (9, repeat('long', 20), NULL);
