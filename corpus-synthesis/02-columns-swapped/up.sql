ALTER TABLE legs RENAME COLUMN origin TO passing;
ALTER TABLE legs RENAME COLUMN destination TO origin;
ALTER TABLE legs RENAME COLUMN passing TO destination;
