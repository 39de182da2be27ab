DO $$
BEGIN
  EXECUTE format('ALTER TABLE %I DROP COLUMN %I', 'members', 'nick');
  UPDATE members SET email = lower(email);
  EXECUTE 'ALTER TABLE members RENAME COLUMN tel TO phone';
END
$$;
