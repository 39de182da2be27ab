ALTER TABLE accounts DROP CONSTRAINT known_status;
DO $$
BEGIN
  EXECUTE format('UPDATE %I SET status = CASE status WHEN %L THEN %L ELSE %L END', 'accounts', 'a', 'active', 'blocked');
END
$$;
ALTER TABLE accounts ALTER status SET DEFAULT 'active', ADD CONSTRAINT known_status CHECK (status IN ('active', 'blocked'));
