ALTER TABLE accounts DROP CONSTRAINT known_status;
UPDATE accounts SET status = CASE status WHEN 'a' THEN 'active' ELSE 'blocked' END;
ALTER TABLE accounts ALTER status SET DEFAULT 'active', ADD CONSTRAINT known_status CHECK (status IN ('active', 'blocked'));
