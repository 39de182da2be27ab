INSERT INTO options VALUES (424242, 'brought');
DO $$
BEGIN
  EXECUTE format('UPDATE %I SET word = %L WHERE number = 7', 'options', 'hit');
END
$$;
