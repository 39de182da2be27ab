import { beforeAll, expect, test } from 'vitest';
import { loadParser, parseSql } from './parser.ts';
import { subjectOf } from './subject.ts';

beforeAll(loadParser);

test.for([
  [
    'CREATE TABLE tasks (id int REFERENCES people); ALTER TABLE tasks ADD FOREIGN KEY (id) REFERENCES teams',
    'Tasks',
  ],
  ['CREATE POLICY own ON export_jobs USING (true); CREATE INDEX ON tasks (id)', 'Export jobs and tasks'],
  ["ALTER TYPE task_status ADD VALUE 'late'", 'Task status'],
  ['UPDATE a SET id = b.id FROM b; DELETE FROM c; CREATE VIEW d AS SELECT FROM e', 'A, c and 1 more'],
  ['DROP TABLE tasks', null],
  ['WITH b AS (SELECT FROM tasks) SELECT', 'Tasks'],
] as const)('%s', ([sql, expected]) => {
  const parsed = parseSql(sql);
  if (parsed.kind === 'refused') throw new Error(parsed.message);
  expect(subjectOf(parsed.statements)).toBe(expected);
});
