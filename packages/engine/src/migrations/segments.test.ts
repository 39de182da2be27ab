import { beforeAll, describe, expect, test } from 'vitest';
import { loadParser } from '../sql/parser.ts';
import type { Script } from './model.ts';
import { scriptOf } from './script.ts';
import { segmentsOf } from './segments.ts';

beforeAll(loadParser);

function script(text: string, breakpoints = false): Script {
  const outcome = scriptOf({ file: 'x.sql', bytes: Buffer.from(text), section: 'whole', breakpoints });
  if (outcome.kind !== 'script') throw new Error(outcome.kind);
  return outcome.script;
}

/** A transaction as its statements, what stands alone as `! reason`. */
const shape = (text: string, breakpoints = false) =>
  segmentsOf(script(text, breakpoints)).map((segment) =>
    segment.kind === 'alone' ? `! ${segment.reason}` : segment.statements.map((statement) => statement.text),
  );

const CONCURRENTLY = '! CREATE INDEX CONCURRENTLY cannot run inside a transaction block';

describe('transactions', () => {
  test.each([
    ['nothing', '-- only a comment', []],
    ['one transaction', 'select 1; select 2;', [['select 1', 'select 2']]],
    [
      'BEGIN and COMMIT delimit',
      'select 1; begin; select 2; commit; select 3;',
      [['select 1'], ['select 2'], ['select 3']],
    ],
    ['START TRANSACTION and END', 'start transaction; select 1; end; begin; commit;', [['select 1']]],
    [
      'a COMMIT without BEGIN ends what came before',
      'select 1; commit; select 2;',
      [['select 1'], ['select 2']],
    ],
    [
      'a BEGIN within a transaction does nothing',
      'begin; select 1; begin; select 2; commit;',
      [['select 1', 'select 2']],
    ],
    ['a BEGIN without COMMIT lasts to the end', 'begin; select 1; select 2;', [['select 1', 'select 2']]],
    [
      'COMMIT AND CHAIN opens the next',
      'begin; select 1; commit and chain; vacuum; commit;',
      [['select 1'], ['vacuum']],
    ],
    [
      'savepoints are statements',
      'savepoint a; select 1; rollback to a; release a;',
      [['savepoint a', 'select 1', 'rollback to a', 'release a']],
    ],
    [
      'what must stand alone splits',
      'select 1; create index concurrently i on t(a); select 2;',
      [['select 1'], CONCURRENTLY, ['select 2']],
    ],
    [
      'but not between BEGIN and COMMIT',
      'begin; create index concurrently i on t(a); commit;',
      [['create index concurrently i on t(a)']],
    ],
    [
      'nor after COMMIT AND CHAIN',
      'select 1; commit and chain; create index concurrently i on t(a);',
      [['select 1'], ['create index concurrently i on t(a)']],
    ],
  ])('%s', (_name, text, expected) => {
    expect(shape(text)).toEqual(expected);
  });

  test('what the parser refuses is a transaction of its own', () => {
    const text = ['select 1', 'selec 2', 'select 3', 'begin', 'select 4', 'selec 5', 'commit'].join(
      '\n--> statement-breakpoint\n',
    );
    expect(shape(text, true)).toEqual([['select 1'], ['selec 2'], ['select 3'], ['select 4', 'selec 5']]);
  });
});

describe('statements that PostgreSQL refuses in a transaction block', () => {
  test.each([
    'create index concurrently i on t(a)',
    'drop index concurrently i',
    'reindex table concurrently t',
    'reindex (verbose, concurrently) index i',
    'reindex schema s',
    'reindex database d',
    'reindex system d',
    'alter table t detach partition p concurrently',
    'vacuum',
    'vacuum (analyze) t',
    'cluster',
    'create database d',
    'drop database d',
    'alter database d set tablespace x',
    "create tablespace x location '/x'",
    'drop tablespace x',
    'alter system set work_mem = 1',
    'alter system reset all',
    "create subscription s connection '' publication p",
    "create subscription s connection '' publication p with (create_slot)",
    'drop subscription s',
    'alter subscription s refresh publication',
    'alter subscription s set publication p',
    'alter subscription s add publication p with (refresh)',
    'alter subscription s set (failover = true)',
    'discard all',
    'do $$ begin perform 1; commit; end $$',
    "do language plpgsql 'begin rollback and chain; end'",
  ])('%s', (text) => {
    expect(segmentsOf(script(text))).toMatchObject([
      {
        kind: 'alone',
        statement: { text },
        reason: expect.stringMatching(/ cannot run inside a transaction block$/),
      },
    ]);
  });

  test.each([
    'create index i on t(a)',
    'drop index i',
    'drop table t',
    'reindex table t',
    'reindex (concurrently false) table t',
    'alter table t detach partition p',
    'alter table t detach partition p finalize',
    'alter table t add column a int',
    'analyze t',
    'cluster t using i',
    'alter database d set work_mem = 1',
    'alter database d connection limit 3',
    "create subscription s connection '' publication p with (create_slot = false)",
    "create subscription s connection '' publication p with (connect = off)",
    'alter subscription s set publication p with (refresh = false)',
    'alter subscription s disable',
    'alter subscription s set (binary = true)',
    'discard plans',
    'refresh materialized view concurrently m',
    'call p()',
    "do $$ begin raise notice 'commit;'; end $$",
    'do $$ begin create temp table t () on commit drop; end $$',
    "alter type e add value 'x'",
  ])('not %s', (text) => {
    expect(shape(text)).toEqual([[text]]);
  });
});

describe('a new enum label', () => {
  const add = "alter type e add value 'x'";
  test.each([
    ['used later', "update t set a = 'x'"],
    ['used as an escape string', "update t set a = E'x'"],
    ['used as a dollar-quoted constant', 'update t set a = $$x$$'],
    ['used in a default', "alter table t alter a set default 'x'::e"],
    ['used in an array', "select '{y,x}'::e[]"],
    ['used in a body', "do $$ begin update t set a = 'x'; end $$"],
  ])('%s ends the transaction', (_name, use) => {
    expect(shape(`select 1; ${add}; select 2; ${use};`)).toEqual([
      ['select 1', add],
      ['select 2', use],
    ]);
  });

  test.each([
    ['never used', 'select 1'],
    ['used only before', 'select 1', "update t set b = 'x'"],
    ['part of another word', "update t set a = 'xx'"],
    ['a name only', 'update t set x = 1'],
    ['in a comment only', "select 1 -- 'x'"],
  ])('%s does not', (_name, later, before = 'select 0') => {
    expect(shape(`${before}; ${add}; ${later}`)).toHaveLength(1);
  });

  test('does not take an explicit transaction apart', () => {
    expect(shape(`begin; ${add}; update t set a = 'x'; commit;`)).toHaveLength(1);
  });

  test('may hold a quote', () => {
    expect(shape("alter type e add value 'it''s'; update t set a = 'it''s';")).toHaveLength(2);
  });

  test('renaming a label is no addition', () => {
    expect(shape("alter type e rename value 'y' to 'x'; update t set a = 'x';")).toHaveLength(1);
  });
});
