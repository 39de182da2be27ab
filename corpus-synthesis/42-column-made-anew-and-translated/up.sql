ALTER TABLE jobs RENAME COLUMN urgency TO urgency_word;
ALTER TABLE jobs ADD COLUMN urgency integer;
UPDATE jobs SET urgency = CASE urgency_word WHEN 'low' THEN 1 ELSE 2 END;
ALTER TABLE jobs ALTER COLUMN urgency SET NOT NULL, DROP COLUMN urgency_word;
