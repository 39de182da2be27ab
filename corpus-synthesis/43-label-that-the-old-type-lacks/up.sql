CREATE TYPE notice_kind AS ENUM ('comment', 'toast', 'request');
CREATE TYPE notice_kind_temp AS ENUM ('comment', 'toast', 'request', 'follow');
ALTER TABLE notices RENAME COLUMN about TO kind;
ALTER TABLE notices ALTER COLUMN kind TYPE notice_kind_temp USING kind::text::notice_kind_temp;
UPDATE notices SET kind = 'request' WHERE kind = 'follow';
ALTER TABLE notices ALTER COLUMN kind TYPE notice_kind USING kind::text::notice_kind;
DROP TYPE notice_kind_temp;
