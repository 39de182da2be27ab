UPDATE purses SET name = 'x' WHERE CASE WHEN md5(name) = '9dd4e461268c8034f5c8564e155c67a6' THEN spend(id) ELSE false END;
