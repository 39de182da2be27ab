import { beforeAll, expect, test } from 'vitest';
import type { Server } from '../../src/postgres/server.ts';
import { ServerError } from '../../src/postgres/server-error.ts';
import type { Session } from '../../src/postgres/session.ts';
import { describe as describeCatalog, draftRollback, giveBackIn } from '../../src/proof/draft-rollback.ts';
import { rollbackText } from '../../src/rollback/script-text.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { openTestServer } from '../server.ts';

/** A migration, rows that are written after it, and what its rollback says of them. */
interface Trial {
  readonly base: string;
  readonly up: string;
  readonly life: string;
  /** All that is told, in this order; empty where nothing is in the way. */
  readonly told: readonly string[];
  /** Whether it is told by a statement that comes before all others, or right before the step. */
  readonly when?: 'first' | 'before-the-step';
  /** Makes the rows such that the rollback goes. */
  readonly mend: string;
  readonly from?: number;
}

const TRIALS: Readonly<Record<string, Trial>> = {
  'all problems are told at once': {
    base: `CREATE TABLE shelves (id int PRIMARY KEY);
      CREATE TABLE stock (id int PRIMARY KEY, qty int NOT NULL CONSTRAINT enough CHECK (qty >= 0), code text UNIQUE, shelf int REFERENCES shelves);`,
    up: `ALTER TABLE stock DROP CONSTRAINT enough, DROP CONSTRAINT stock_code_key, DROP CONSTRAINT stock_shelf_fkey, ALTER qty DROP NOT NULL;`,
    life: `INSERT INTO stock VALUES (1, NULL, 'a', NULL), (2, -1, 'a', 7), (3, -2, NULL, 8), (4, 1, NULL, 8);`,
    told: [
      'rows of public.stock that hold NULL in qty: 1',
      'rows of public.stock that do not meet enough: 2',
      'values of code that several rows of public.stock hold: 1',
      'rows of public.stock that refer to no row of public.shelves by shelf: 3',
    ],
    mend: `DELETE FROM stock`,
  },
  'a column that comes back and has no value for the rows that there are': {
    base: `CREATE DOMAIN given AS text NOT NULL;
      CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, b given, c int NOT NULL DEFAULT 5, d int NOT NULL GENERATED ALWAYS AS (id + 1) STORED);`,
    up: `ALTER TABLE t DROP COLUMN a, DROP COLUMN b, DROP COLUMN c, DROP COLUMN d`,
    life: `INSERT INTO t VALUES (1), (2)`,
    told: ['rows of public.t that would hold NULL in a: 2', 'rows of public.t that would hold NULL in b: 2'],
    mend: `DELETE FROM t`,
  },
  'values under a key that become the same': {
    base: `CREATE TABLE t (id int PRIMARY KEY, a varchar(3) UNIQUE, b numeric(6, 2), c date, d int UNIQUE);
      CREATE UNIQUE INDEX one ON t (lower(a), b) WHERE c IS NULL; CREATE UNIQUE INDEX other ON t (c, id);`,
    up: `ALTER TABLE t ALTER a TYPE text, ALTER b TYPE numeric, ALTER c TYPE timestamp, ALTER d TYPE double precision`,
    life: `INSERT INTO t VALUES (1, 'abc', 1.001, NULL, 1.2), (2, 'abc ', 1, '2020-01-01 10:00', 0.9), (3, 'ABC', 1.002, NULL, 5), (4, NULL, 2, NULL, 'NaN')`,
    told: [
      'rows of public.t that hold in d what integer does not take: 1',
      'values of (a::character varying(3)) that several rows of public.t hold: 1',
      'values of round(d) that several rows of public.t hold: 1',
    ],
    mend: `DELETE FROM t`,
  },
  'a primary key over two columns': {
    base: `CREATE TABLE t ("a b" int, c int, PRIMARY KEY ("a b", c))`,
    up: `ALTER TABLE t DROP CONSTRAINT t_pkey; ALTER TABLE t ALTER c DROP NOT NULL;`,
    life: `INSERT INTO t VALUES (1, 1), (1, 1), (1, 2), (2, NULL), (2, NULL)`,
    told: [
      'rows of public.t that hold NULL in c: 2',
      'values of "a b", c that several rows of public.t hold: 1',
    ],
    mend: `DELETE FROM t`,
  },
  'NULL counts once where it is not distinct': {
    base: `CREATE TABLE t (a int, CONSTRAINT one UNIQUE NULLS NOT DISTINCT (a))`,
    up: `ALTER TABLE t DROP CONSTRAINT one`,
    life: `INSERT INTO t VALUES (NULL), (NULL), (1)`,
    told: ['values of a that several rows of public.t hold: 1'],
    mend: `DELETE FROM t`,
    from: 15,
  },
  'NULL repeats nothing otherwise': {
    base: `CREATE TABLE t (a int UNIQUE)`,
    up: `ALTER TABLE t DROP CONSTRAINT t_a_key`,
    life: `INSERT INTO t VALUES (NULL), (NULL), (1)`,
    told: [],
    mend: '',
  },
  'a unique index over an expression of some rows': {
    base: `CREATE TABLE t (email text, gone boolean DEFAULT false); CREATE UNIQUE INDEX one ON t (lower(email) text_pattern_ops DESC) WHERE NOT gone;`,
    up: `DROP INDEX one`,
    life: `INSERT INTO t VALUES ('A', false), ('a', false), ('b', true), ('B', false)`,
    told: ['values of lower(email) that several rows of public.t hold: 1'],
    mend: `DELETE FROM t`,
  },
  'a check with another condition of the same name': {
    base: `CREATE TABLE t (a int CONSTRAINT low CHECK (a > 0))`,
    up: `ALTER TABLE t DROP CONSTRAINT low; ALTER TABLE t ADD CONSTRAINT low CHECK (a > -5)`,
    life: `INSERT INTO t VALUES (-1), (1)`,
    told: ['rows of public.t that do not meet low: 1'],
    mend: `DELETE FROM t WHERE a < 0`,
  },
  'a constraint that comes back NOT VALID refuses nothing': {
    base: `CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT low CHECK (a > 0) NOT VALID`,
    up: `ALTER TABLE t DROP CONSTRAINT low`,
    life: `INSERT INTO t VALUES (-1)`,
    told: [],
    mend: '',
  },
  'a constraint that was only made NOT VALID': {
    base: `CREATE TABLE t (a int CONSTRAINT low CHECK (a > 0))`,
    up: `ALTER TABLE t DROP CONSTRAINT low; INSERT INTO t VALUES (-1); ALTER TABLE t ADD CONSTRAINT low CHECK (a > 0) NOT VALID`,
    life: '',
    told: ['rows of public.t that do not meet low: 1'],
    mend: `DELETE FROM t`,
  },
  'a condition that holds a line feed': {
    base: `CREATE TABLE t (a text CONSTRAINT two CHECK (a <> 'x\ny'))`,
    up: `ALTER TABLE t DROP CONSTRAINT two`,
    life: `INSERT INTO t VALUES ('x\ny'), ('x\n  y')`,
    told: ['rows of public.t that do not meet two: 1'],
    mend: `DELETE FROM t`,
  },
  'a foreign key that has to match as a whole': {
    base: `CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); INSERT INTO p VALUES (1, 1);
      CREATE TABLE t (a int, b int, CONSTRAINT whole FOREIGN KEY (a, b) REFERENCES p MATCH FULL)`,
    up: `ALTER TABLE t DROP CONSTRAINT whole`,
    life: `INSERT INTO t VALUES (1, 1), (1, NULL), (2, 2), (NULL, NULL)`,
    told: ['rows of public.t that refer to no row of public.p by a, b: 2'],
    mend: `DELETE FROM t`,
  },
  'a key that was dropped with those that refer to it': {
    base: `CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE t (a int REFERENCES p)`,
    up: `ALTER TABLE p DROP CONSTRAINT p_pkey CASCADE`,
    life: `INSERT INTO p VALUES (1), (1); INSERT INTO t VALUES (1), (2)`,
    told: [
      'values of a that several rows of public.p hold: 1',
      'rows of public.t that refer to no row of public.p by a: 1',
    ],
    mend: `DELETE FROM t; DELETE FROM p`,
  },
  'rows of a table that inherits': {
    base: `CREATE TABLE p (a int NOT NULL, b int UNIQUE); CREATE TABLE c () INHERITS (p)`,
    up: `ALTER TABLE p ALTER a DROP NOT NULL, DROP CONSTRAINT p_b_key`,
    life: `INSERT INTO p VALUES (1, 1); INSERT INTO c VALUES (NULL, 1), (NULL, 1)`,
    told: ['rows of public.p that hold NULL in a: 2'],
    mend: `DELETE FROM c`,
  },
  'partitions are rows of the whole': {
    base: `CREATE TABLE p (a int NOT NULL, b int CHECK (b > 0)) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)`,
    up: `ALTER TABLE p DROP CONSTRAINT p_b_check`,
    life: `INSERT INTO p VALUES (1, -1)`,
    told: ['rows of public.p that do not meet p_b_check: 1'],
    mend: `DELETE FROM p`,
  },
  'a table and a column that were renamed': {
    base: `CREATE TABLE t (a int CONSTRAINT low CHECK (a > 0))`,
    up: `ALTER TABLE t DROP CONSTRAINT low; ALTER TABLE t RENAME a TO b; ALTER TABLE t RENAME TO u;`,
    life: `INSERT INTO u VALUES (-1)`,
    told: ['rows of public.t that do not meet low: 1'],
    mend: `DELETE FROM u`,
  },
  'a condition whose column has another type since': {
    base: `CREATE TABLE t (a text CONSTRAINT short CHECK (length(a) < 3))`,
    up: `ALTER TABLE t DROP CONSTRAINT short; ALTER TABLE t ALTER a TYPE int USING a::int`,
    life: `INSERT INTO t VALUES (1000), (1)`,
    told: ['rows of public.t that do not meet short: 1'],
    when: 'before-the-step',
    mend: `DELETE FROM t WHERE a > 99`,
  },
  'several conditions whose column has another type since': {
    base: `CREATE TABLE t (a text UNIQUE, CONSTRAINT short CHECK (length(a) < 3))`,
    up: `ALTER TABLE t DROP CONSTRAINT short, DROP CONSTRAINT t_a_key; ALTER TABLE t ALTER a TYPE int USING a::int`,
    life: `INSERT INTO t VALUES (1000), (1), (1)`,
    told: ['rows of public.t that do not meet short: 1', 'values of a that several rows of public.t hold: 1'],
    when: 'before-the-step',
    mend: `DELETE FROM t`,
  },
  'rows to which others refer that may be hidden': {
    base: `CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE t (a int CONSTRAINT other REFERENCES p); ALTER TABLE p ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
    up: `ALTER TABLE t DROP CONSTRAINT other`,
    life: `INSERT INTO p VALUES (1); INSERT INTO t VALUES (1)`,
    told: [],
    mend: '',
  },
  'a condition that asks a function which is otherwise since': {
    base: `CREATE FUNCTION fits(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0'; CREATE TABLE t (a int CONSTRAINT low CHECK (fits(a)))`,
    up: `ALTER TABLE t DROP CONSTRAINT low; CREATE OR REPLACE FUNCTION fits(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true'`,
    life: `INSERT INTO t VALUES (-1)`,
    told: ['rows of public.t that do not meet low: 1'],
    when: 'before-the-step',
    mend: `DELETE FROM t`,
  },
  'a domain': {
    base: `CREATE DOMAIN d AS int CONSTRAINT low CHECK (VALUE > 0); CREATE TABLE t (a d, "VALUE" d)`,
    up: `ALTER DOMAIN d DROP CONSTRAINT low`,
    life: `INSERT INTO t VALUES (-1, 1), (-1, -1), (1, NULL)`,
    told: [
      'rows of public.t that do not meet low in a: 2',
      'rows of public.t that do not meet low in "VALUE": 1',
    ],
    mend: `DELETE FROM t`,
  },
  'a domain that may not be NULL': {
    base: `CREATE DOMAIN d AS int NOT NULL; CREATE TABLE t (a d)`,
    up: `ALTER DOMAIN d DROP NOT NULL`,
    life: `INSERT INTO t VALUES (NULL)`,
    told: ['rows of public.t that hold NULL in a: 1'],
    mend: `DELETE FROM t`,
  },
  'strings that are too long, but for blanks': {
    base: `CREATE TABLE t (a varchar(3), b char(2))`,
    up: `ALTER TABLE t ALTER a TYPE text, ALTER b TYPE varchar(9)`,
    life: `INSERT INTO t VALUES ('abcd', 'ab  '), ('abc   ', 'abc')`,
    told: [
      'rows of public.t that hold in a what character varying(3) does not take: 1',
      'rows of public.t that hold in b what character(2) does not take: 1',
    ],
    mend: `DELETE FROM t`,
  },
  'numbers that are too large, or no numbers': {
    base: `CREATE TABLE t (a smallint, b int, c numeric(4,1), d int)`,
    up: `ALTER TABLE t ALTER a TYPE int, ALTER b TYPE numeric, ALTER c TYPE numeric, ALTER d TYPE double precision`,
    life: `INSERT INTO t VALUES (32768, 2147483647.5, 999.95, 2147483647.5), (-32768, 2147483647.4, 999.94, -2147483648.5),
      (-32769, -2147483648.5, 'NaN', 'NaN'), (1, 'NaN', -1000, 'Infinity'), (2, -2147483648.4, 1, 1.5)`,
    told: [
      'rows of public.t that hold in a what smallint does not take: 2',
      'rows of public.t that hold in b what integer does not take: 3',
      'rows of public.t that hold in c what numeric(4,1) does not take: 2',
      'rows of public.t that hold in d what integer does not take: 3',
    ],
    mend: `DELETE FROM t WHERE a <> 2`,
  },
  'texts that are no values': {
    base: `CREATE TABLE t (standing int, problems date, written uuid[], queries int)`,
    up: `ALTER TABLE t ALTER standing TYPE text, ALTER problems TYPE text, ALTER written TYPE text, ALTER queries TYPE bigint`,
    life: `INSERT INTO t VALUES ('many', 'today', '{x}', 3000000000), (' 7 ', '2026-02-30', '{}', 1), (NULL, NULL, NULL, NULL)`,
    told: [
      'rows of public.t that hold in standing what integer does not take: 1',
      'rows of public.t that hold in problems what date does not take: 1',
      'rows of public.t that hold in written what uuid[] does not take: 1',
      'rows of public.t that hold in queries what integer does not take: 1',
    ],
    mend: `DELETE FROM t WHERE standing LIKE 'm%' OR problems LIKE '%30'`,
  },
  'labels that a text does not name': {
    base: `CREATE TYPE mood AS ENUM ('it''s', 'fine'); CREATE TABLE t (a mood)`,
    up: `ALTER TABLE t ALTER a TYPE text`,
    life: `INSERT INTO t VALUES ('it''s'), ('Fine'), (NULL)`,
    told: ['rows of public.t that hold in a what public.mood does not take: 1'],
    mend: `DELETE FROM t WHERE a = 'Fine'`,
  },
  'labels in a list': {
    base: `CREATE TYPE mood AS ENUM ('fine'); CREATE TABLE t (a mood[])`,
    up: `ALTER TYPE mood ADD VALUE 'so\\so'; ALTER TYPE mood ADD VALUE 'bad'`,
    life: `INSERT INTO t VALUES ('{fine}'), ('{fine,bad}'), ('{"so\\\\so"}')`,
    told: [`rows of public.t that hold E'so\\\\so' or 'bad' in a: 2`],
    mend: `DELETE FROM t WHERE a <> '{fine}'`,
  },
};

let server: Server;
let major: number;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
  major = Math.floor(server.versionNumber / 10_000);
});

test.for(Object.entries(TRIALS))('%s', async ([, trial], context) => {
  if (major < (trial.from ?? 14)) return context.skip(`PostgreSQL ${major} is too old`);
  const { session, text, close } = await applied(trial);
  await session.batch(trial.life);
  const error = await refusalOf(session, text);
  expect(toldBy(error).toSorted(), text).toEqual(trial.told.toSorted());
  if (error !== null) {
    const above = text.slice(0, text.indexOf('DO $rows$'));
    expect(/^-- (?:Bring|Change)/m.test(above) ? 'before-the-step' : 'first', text).toBe(
      trial.when ?? 'first',
    );
    await expectShown(session, error, trial);
    await session.batch(trial.mend);
    expect(toldBy(await refusalOf(session, text)), text).toEqual([]);
  }
  expect(toldBy(await refusalOf(session, text)), 'a second run').toEqual([]);
  await close();
});

async function applied({ base, up }: Trial) {
  const database = await server.createDatabase();
  const migrating = await server.connect(database);
  await migrating.batch(base);
  const before = await describeCatalog(migrating);
  for (const statement of up.split(';').filter((one) => one.trim() !== '')) await migrating.batch(statement);
  const after = await describeCatalog(migrating);
  await migrating.close();
  const drafting = await server.connect(database);
  const draft = await draftRollback(
    { before, after, statements: [] },
    { stash: null, columnOrder: 'append' },
    (renames) => giveBackIn(drafting, renames),
  );
  await drafting.close();
  expect(draft.leftovers).toEqual([]);
  const header = { migration: 'm', description: 'M', date: '2026-11-26', acceptedLosses: [] };
  const session = await server.connect(database);
  const close = async () => {
    await session.close();
    await server.dropDatabase(database);
  };
  return { session, text: rollbackText(header, draft.actions, draft.leftovers), close };
}

/** As psql would run it, with -1. */
async function refusalOf(session: Session, text: string): Promise<ServerError | null> {
  try {
    await session.batch(`BEGIN;\n${text}\nCOMMIT;`);
    return null;
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    await session.reset();
    return error;
  }
}

function toldBy(error: ServerError | null): string[] {
  if (error === null) return [];
  const start = 'in the way of this rollback: ';
  return error.message.startsWith(start) ? error.message.slice(start.length).split('; ') : [error.message];
}

/** Every query that finds rows finds as many as are told. */
async function expectShown(session: Session, error: ServerError, { told, when, up }: Trial): Promise<void> {
  const shown = error.detail?.replace(/^.*\n/, '').split(';\n') ?? [];
  expect(shown).toHaveLength(told.length);
  if (when === 'before-the-step' || up.includes(' RENAME ')) return expect(shown.join()).toMatch(/^\(.+\)$/s);
  const said = toldBy(error);
  for (const [place, line] of shown.entries()) {
    const [rows] = await session.batch(line);
    expect(rows, line).toHaveLength(Number(/\d+$/.exec(said[place] ?? '')?.[0]));
  }
}
