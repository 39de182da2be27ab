UPDATE nicknames SET since = '2000-01-01' WHERE since IS NULL;
