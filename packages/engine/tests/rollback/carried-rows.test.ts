import { describe, expect, test } from 'vitest';
import { applied, messageOf, onTestServer, run, synthesized } from './applied-pair.ts';

onTestServer();

const PEOPLE = {
  base: 'CREATE TABLE people (id integer PRIMARY KEY, name text, street text, city text);',
  seed: "INSERT INTO people VALUES (1, 'Ann', 'Elm', 'Ulm'), (2, 'Bo', 'Oak', 'Bonn'), (3, 'Cy', NULL, NULL);",
};

const SEEN = `CREATE VIEW towns AS SELECT id, city AS town FROM people;
CREATE FUNCTION move_addresses() RETURNS void LANGUAGE plpgsql AS $$ BEGIN INSERT INTO addresses SELECT id, city FROM people; END $$;`;

const APART = `CREATE TABLE addresses (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person integer NOT NULL, street text, city text, checked boolean NOT NULL DEFAULT false);
INSERT INTO addresses (person, street, city) SELECT id, street, city FROM people WHERE street IS NOT NULL;
ALTER TABLE people DROP COLUMN street, DROP COLUMN city;`;

describe('rows that were carried over to a table of their own', () => {
  test.for([
    ['changed', "UPDATE addresses SET city = 'Bern' WHERE person = 1", 1, 1],
    ['written', "INSERT INTO addresses (person, street) VALUES (3, 'Ash'), (3, 'Ash')", 2, 0],
    ['deleted', 'DELETE FROM addresses WHERE person = 2', 0, 1],
  ] as const)(
    'where some were %s since, the rollback refuses, until the loss is accepted',
    async ([, life, written, missing]) => {
      const { session, rollback } = await applied({ ...PEOPLE, up: APART });
      await session.query(life);
      const held = await session.query('SELECT * FROM addresses ORDER BY id');
      const refused = await run(session, rollback);
      expect(messageOf(refused)).toBe(
        `${written === 1 ? '1 row' : `${written} rows`} of public.addresses written since, and ${missing} that the migration carried over to it no longer as it wrote them: that would be lost`,
      );
      await session.reset();
      expect(await session.query('SELECT * FROM addresses ORDER BY id')).toEqual(held);
      const hint = refused.status === 'failed' ? (refused.error.hint ?? '') : '';
      await session.query(hint.slice(hint.indexOf('SET pivotal_flow.accept_loss')));
      expect(messageOf(await run(session, rollback))).toBe('ok');
      const [row] = await session.query("SELECT string_agg(street, ' ' ORDER BY id) AS all FROM people");
      expect(row).toEqual({ all: 'Elm Oak' });
    },
  );

  test('where nobody touched them, or only what stands beside them, they come back', async () => {
    const { session, rollback } = await applied({ ...PEOPLE, up: APART });
    await session.batch("UPDATE addresses SET checked = true; UPDATE people SET name = 'Di' WHERE id = 2");
    expect(messageOf(await run(session, rollback))).toBe('ok');
    expect(messageOf(await run(session, rollback))).toBe('ok');
    const [row] = await session.query('SELECT * FROM people WHERE id = 2');
    expect(row).toEqual({ id: 2, name: 'Di', street: 'Oak', city: 'Bonn' });
  });

  test('one that went with what it belongs to is missed by nobody', async () => {
    const up = `${APART} ALTER TABLE addresses ADD FOREIGN KEY (person) REFERENCES people ON DELETE CASCADE;`;
    const { session, rollback } = await applied({ ...PEOPLE, up });
    await session.query('DELETE FROM people WHERE id = 2');
    expect(messageOf(await run(session, rollback))).toBe('ok');
    const [row] = await session.query("SELECT string_agg(street, ' ' ORDER BY id) AS all FROM people");
    expect(row).toEqual({ all: 'Elm' });
  });

  test.for([
    [
      'a table that takes the place of a dropped one',
      'CREATE TABLE addresses AS SELECT id AS person, upper(street) AS city FROM people; DROP TABLE people;',
    ],
    [
      'rows that are moved away',
      `CREATE TABLE addresses (person integer, name text, street text, city text);
      WITH moved AS (DELETE FROM people WHERE id < 3 RETURNING *) INSERT INTO addresses SELECT * FROM moved;`,
    ],
    [
      'rows that are copied by a block, and then deleted',
      `CREATE TABLE addresses (person integer, city text);
      DO $$ BEGIN INSERT INTO addresses SELECT id, city FROM people; END $$;
      TRUNCATE people;`,
    ],
    [
      'values that are written over',
      `CREATE TABLE addresses (person integer PRIMARY KEY, city text);
      INSERT INTO addresses SELECT id, city FROM people;
      UPDATE people SET city = NULL;`,
    ],
    [
      'by way of a table that does not stay',
      `SELECT id, city INTO TEMP aside FROM people;
      ALTER TABLE people DROP COLUMN city;
      CREATE TABLE addresses (person integer PRIMARY KEY, city text);
      INSERT INTO addresses TABLE aside;
      DROP TABLE aside;`,
    ],
    [
      'by way of views',
      `CREATE VIEW lived AS SELECT id, city FROM people;
      CREATE VIEW had AS SELECT * FROM lived WHERE city IS NOT NULL;
      CREATE TABLE addresses AS TABLE had;
      DROP VIEW had, lived;
      ALTER TABLE people DROP COLUMN city;`,
    ],
    [
      'by a view that was there',
      `CREATE TABLE addresses AS SELECT id, town AS city FROM towns;
      DROP VIEW towns;
      ALTER TABLE people DROP COLUMN city;`,
    ],
    [
      'by a function that was there',
      `CREATE TABLE addresses (person integer, city text);
      SELECT move_addresses();
      DROP VIEW towns;
      ALTER TABLE people DROP COLUMN city;`,
    ],
    [
      'by MERGE',
      `CREATE TABLE addresses (person integer PRIMARY KEY, city text);
      MERGE INTO addresses a USING people p ON a.person = p.id WHEN NOT MATCHED THEN INSERT VALUES (p.id, p.city);
      ALTER TABLE people DROP COLUMN city;`,
    ],
  ] as const)('%s', async ([, up]) => {
    const base = up.includes('towns') ? PEOPLE.base + SEEN : PEOPLE.base;
    const { session, rollback } = await applied({ ...PEOPLE, base, up });
    await session.query("UPDATE addresses SET city = 'Bern' WHERE city = 'Ulm' OR city = 'ELM'");
    expect(messageOf(await run(session, rollback))).toMatch(
      /^1 row of public\.addresses written since, and 1 /,
    );
  });

  test('a table that takes the name of one that stays under another', async () => {
    const up = `ALTER TABLE people RENAME TO people_old;
      CREATE TABLE people (id integer PRIMARY KEY, name text);
      INSERT INTO people SELECT id, name FROM people_old;`;
    const { session, rollback } = await applied({ ...PEOPLE, up });
    await session.query("UPDATE people SET name = 'Di' WHERE id = 1");
    expect(messageOf(await run(session, rollback))).toMatch(/^1 row of public\.people written since, and 1 /);
    await session.reset();
    await session.query("UPDATE people SET name = 'Ann' WHERE id = 1");
    expect(messageOf(await run(session, rollback))).toBe('ok');
    expect(messageOf(await run(session, rollback))).toBe('ok');
  });

  test('without a stash nobody can tell what was written to it, and the rollback says so', async () => {
    const up = 'ALTER TABLE people RENAME TO people_old; CREATE TABLE people AS TABLE people_old;';
    const { session, rollback } = await applied({ ...PEOPLE, up }, 'without-stash');
    expect(messageOf(await run(session, rollback))).toBe(
      'what 0002_nasty put into people was not set aside, so that nobody can tell what was written to it since, which would be lost',
    );
  });

  test('where one of a table that was there before is deleted, what it was made of does not come back unasked', async () => {
    const base = `${PEOPLE.base} CREATE TABLE notes (person integer, kind text, body text, PRIMARY KEY (person, kind));`;
    const up = `INSERT INTO notes SELECT id, 'city', city FROM people; ALTER TABLE people DROP COLUMN city;`;
    const { session, rollback } = await applied({ base, seed: PEOPLE.seed, up });
    await session.query('DELETE FROM notes WHERE person = 2');
    expect(messageOf(await run(session, rollback))).toBe(
      '1 row of what the migration carried over to public.notes deleted since: what it was made of would be back',
    );
  });

  test.for([
    ['what stays', 'INSERT INTO addresses SELECT id, city FROM people;'],
    [
      'what gets a value where it had none',
      `INSERT INTO addresses SELECT id, city FROM people; UPDATE people SET city = '-' WHERE city IS NULL;`,
    ],
    [
      'a function that is not run yet',
      `CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO addresses SELECT id, city FROM people; RETURN NULL; END $$;
      DELETE FROM people WHERE id = 3;`,
    ],
  ] as const)('a table that is made of %s is the migration’s own', async ([, filled]) => {
    const up = `CREATE TABLE addresses (person integer, city text); ${filled}`;
    const { session, rollback, text } = await applied({ ...PEOPLE, up });
    await session.query("UPDATE addresses SET city = 'Bern'");
    expect(messageOf(await run(session, rollback))).toBe('ok');
    expect(text).not.toContain('addresses written since');
  });
});

describe('what is put into a column that stays', () => {
  const up = `UPDATE people SET name = concat_ws(', ', name, city); ALTER TABLE people DROP COLUMN city;`;

  test('is not taken apart, and that is said', async () => {
    const { migration, told } = await synthesized({ ...PEOPLE, up });
    const said =
      'city of public.people would be as before the migration: what an application writes since to name of public.people, into which it was put, stays there';
    expect(told).toContain(said);
    expect(migration.rollback?.text).toContain(`-- Note: ${said}`);
  });

  test('nor where it comes from a table that goes', async () => {
    const base = `${PEOPLE.base} CREATE TABLE nicks (person integer PRIMARY KEY, nick text);`;
    const merged = 'UPDATE people SET name = nick FROM nicks WHERE person = id; DROP TABLE nicks;';
    const { told } = await synthesized({ base, seed: PEOPLE.seed, up: merged });
    expect(told).toContain('nick of public.nicks would be as before the migration');
  });

  test('nothing is said of values that are only chosen by what is dropped', async () => {
    const chosen = up.replace(/SET .*?;/, "SET name = upper(name) WHERE city = 'Ulm';");
    const { told } = await synthesized({ ...PEOPLE, up: chosen });
    expect(told).not.toContain('stays there');
  });
});

test('what somebody is writing while the rollback begins is seen by it', async () => {
  const up = 'ALTER TABLE people ALTER COLUMN city TYPE varchar(2) USING left(city, 2);';
  const { session, rollback, connect } = await applied({ ...PEOPLE, up });
  const writer = await connect();
  await writer.batch("BEGIN; UPDATE people SET city = 'Xy' WHERE id = 1");
  const [, outcome] = await Promise.all([
    new Promise((resolve) => setTimeout(resolve, 500)).then(() => writer.batch('COMMIT')),
    run(session, rollback),
  ]);
  expect(messageOf(outcome)).toBe('ok');
  const [row] = await session.query("SELECT string_agg(city, ' ' ORDER BY id) AS all FROM people");
  expect(row).toEqual({ all: 'Xy Bonn' });
});
