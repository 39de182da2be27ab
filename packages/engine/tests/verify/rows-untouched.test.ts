import { beforeAll, describe, expect, test } from 'vitest';
import { scriptOf } from '../../src/migrations/script.ts';
import { rowsUntouched } from '../../src/proof/rows-untouched.ts';
import { loadParser } from '../../src/sql/parser.ts';

beforeAll(loadParser);

function script(text: string) {
  const outcome = scriptOf({ file: 'a.sql', bytes: Buffer.from(text), section: 'whole', breakpoints: false });
  if (outcome.kind !== 'script') throw new Error(outcome.kind);
  return outcome.script;
}

const untouched = (up: string, down: string) => rowsUntouched(script(up), script(down));

describe('a forward script that leaves every row and sequence as it was', () => {
  test.each([
    ['CREATE TABLE a (id serial)', true],
    ['CREATE INDEX i ON a (id)', true],
    ['CREATE INDEX CONCURRENTLY i ON a (id)', true],
    [`CREATE TYPE e AS ENUM ('a')`, true],
    ['CREATE VIEW v AS SELECT 1', true],
    ['ALTER TABLE a ADD COLUMN b int', true],
    ['ALTER TABLE a ADD COLUMN b int NOT NULL DEFAULT 0', true],
    ['ALTER TABLE a ALTER COLUMN b SET DEFAULT 1, ADD CHECK (b > 0)', true],
    ['DROP INDEX i', true],
    [`COMMENT ON TABLE a IS 'x'; GRANT SELECT ON a TO PUBLIC`, true],
    ['BEGIN; CREATE TABLE a (id int); COMMIT', true],
    ['-- nothing', true],
    ['INSERT INTO a VALUES (1)', false],
    ['UPDATE a SET b = 1', false],
    ['DELETE FROM a', false],
    ['TRUNCATE a', false],
    [`SELECT nextval('s')`, false],
    [`SELECT setval('s', 1)`, false],
    ['CALL p()', false],
    ['DO $$ BEGIN NULL; END $$', false],
    ['CREATE TABLE a AS SELECT 1 AS x', false],
    ['SELECT 1 AS x INTO a', false],
    ['CREATE MATERIALIZED VIEW m AS SELECT f()', false],
    ['ALTER TABLE a DROP COLUMN b', false],
    ['ALTER TABLE a ALTER COLUMN b TYPE text', false],
    ['ALTER TABLE a ADD COLUMN b int, DROP COLUMN c', false],
    ['DROP TABLE a', false],
    ['DROP SEQUENCE s', false],
    ['ALTER SEQUENCE s RESTART', false],
    ['ALTER TABLE a RENAME TO b', false],
    [`ALTER TABLE a ADD COLUMN n bigint DEFAULT nextval('s')`, false],
    ['ALTER TABLE a ADD COLUMN n int DEFAULT f()', false],
    ['WITH x AS (DELETE FROM a RETURNING *) SELECT * FROM x', false],
    [`COPY a FROM '/tmp/x'`, false],
    ['no SQL at all', false],
  ])('%s: %s', (up, expected) => {
    expect(untouched(up, 'DROP TABLE IF EXISTS x')).toBe(expected);
  });
});

describe('a rollback that can only take away what the forward script added', () => {
  test.each([
    ['DROP TABLE a', true],
    ['ALTER TABLE a DROP COLUMN b', true],
    ['DROP INDEX i; DROP TYPE e', true],
    ['ALTER TABLE a DROP CONSTRAINT c, ALTER COLUMN b DROP NOT NULL', true],
    ['ALTER TABLE a RENAME b TO c', true],
    ['-- nothing', true],
    ['DELETE FROM a', false],
    ['TRUNCATE a', false],
    ['UPDATE a SET b = 1', false],
    [`SELECT setval('s', 1)`, false],
    ['DO $$ BEGIN NULL; END $$', false],
    ['ALTER SEQUENCE s RESTART', false],
    ['ALTER TABLE a ALTER COLUMN b TYPE int USING 0', false],
    ['ALTER TABLE a ALTER COLUMN id RESTART', false],
    ['ALTER TABLE a ALTER COLUMN id SET START WITH 1 RESTART', false],
    [`ALTER TABLE a ADD COLUMN n bigint DEFAULT nextval('s')`, false],
    ['no SQL at all', false],
  ])('%s: %s', (down, expected) => {
    expect(untouched('CREATE TABLE x (id int)', down)).toBe(expected);
  });
});
