ALTER TABLE devices ALTER COLUMN nonces TYPE jsonb USING jsonb_build_object('0000', nonces);
UPDATE devices SET nonces = jsonb_build_object(name, nonces->'0000');
