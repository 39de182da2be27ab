import type { Report } from '../../src/index.ts';
import { type Files, migrationOf, verifyFiles } from './verify-files.ts';

/** Takes a folder through `verify --descent` with rows. */
export const descend = (files: Files, options = {}) =>
  verifyFiles(files, { data: true, descent: true, ...options });

/** Steps of the way down and up on rows, and rollbacks after writes in between that did not come to their end. */
export function wayOf(report: Report, id: string): string[] {
  return migrationOf(report, id)
    .steps.filter(({ name, withRows }) => withRows && /^(descend|ascend)$/.test(name))
    .map(({ name, status }) => `${name} ${status}`);
}

/** What was lost, as `step table.column what`. */
export function lossesOf(report: Report, id: string): string[] {
  return migrationOf(report, id).losses.map(
    ({ step, table, column, what, life }) =>
      `${step} ${table}.${column ?? '*'} ${what}${life === null ? '' : ` (${life})`}`,
  );
}

export const T: Files = {
  '0001_t.sql': 'CREATE TABLE t (id int PRIMARY KEY, v text, w text);',
  '0001_t_rollback.sql': 'DROP TABLE t;',
};

/** A migration that keeps what it rewrites beside it, and one that clears that away. */
export const KEPT_IN_A_TABLE: Files = {
  ...T,
  '0002_upper.sql': 'CREATE TABLE kept AS SELECT id, v FROM t;\nUPDATE t SET v = upper(v);',
  '0002_upper_rollback.sql': 'UPDATE t SET v = kept.v FROM kept WHERE kept.id = t.id;\nDROP TABLE kept;',
  '0003_clear.sql': 'DROP TABLE kept;',
  '0003_clear_rollback.sql': '-- Accepts loss: kept, it was a backup\nCREATE TABLE kept (id int, v text);',
};
