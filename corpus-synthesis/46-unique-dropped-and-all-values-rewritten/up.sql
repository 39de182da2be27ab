ALTER TABLE members DROP CONSTRAINT one_email;
UPDATE members SET email = 'hidden';
