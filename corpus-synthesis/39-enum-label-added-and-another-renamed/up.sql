ALTER TYPE mood ADD VALUE 'wild';
ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';
