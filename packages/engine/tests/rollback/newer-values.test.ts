import { describe, expect, test } from 'vitest';
import { applied, messageOf, onTestServer, run, synthesized } from './applied-pair.ts';

onTestServer();

const GUESTS = {
  base: 'CREATE TABLE guests (id integer PRIMARY KEY, name text);',
  seed: "INSERT INTO guests VALUES (1, 'Ann Bell'), (2, 'Bo Ek'), (3, NULL);",
};

const SPLIT = `ALTER TABLE guests ADD COLUMN first text, ADD COLUMN "Last" text, ADD COLUMN stars integer DEFAULT 0;
UPDATE guests SET first = split_part(name, ' ', 1), "Last" = split_part(name, ' ', 2);
ALTER TABLE guests DROP COLUMN name;`;

describe('columns that were filled from a dropped one', () => {
  test('in a table without a key, where nobody can watch them, that is said; what was dropped comes back', async () => {
    const { migration, report, told } = await synthesized({
      base: `${GUESTS.base} CREATE TABLE visits (guest integer REFERENCES guests, day date);`,
      seed: GUESTS.seed,
      up: `ALTER TABLE visits ADD COLUMN guest_name text;
UPDATE visits SET guest_name = g.name FROM guests g WHERE g.id = visits.guest;
ALTER TABLE guests DROP COLUMN name;`,
    });
    expect(report).toMatchObject({ verdict: 'proven', synthesized: { unwritten: [] } });
    const said = 'what an application writes to guest_name of public.visits after the migration is lost';
    expect(told).toContain(said);
    expect(migration.rollback?.text).toContain(`-- Note: ${said}`);
    expect(migration.rollback?.text).not.toContain('UNPROVEN');
  });

  test('where somebody wrote to them since, the rollback refuses with the number of rows, until the loss is accepted', async () => {
    const { session, rollback } = await applied({ ...GUESTS, up: SPLIT });
    await session.batch(
      `UPDATE guests SET "Last" = 'Bond' WHERE id = 2; UPDATE guests SET first = 'Cy' WHERE id = 3`,
    );
    await session.batch(`INSERT INTO guests VALUES (4, 'Di', NULL, 1), (5, NULL, NULL, 2)`);
    const held = await session.query('SELECT * FROM guests ORDER BY id');
    const refused = await run(session, rollback);
    expect(messageOf(refused)).toBe(
      '3 rows of public.guests written since: what is in first, "Last" would be lost; name would be as before the migration',
    );
    await session.reset();
    expect(await session.query('SELECT * FROM guests ORDER BY id')).toEqual(held);
    const hint = refused.status === 'failed' ? (refused.error.hint ?? '') : '';
    await session.query(hint.slice(hint.indexOf('SET pivotal_flow.accept_loss')));
    expect(messageOf(await run(session, rollback))).toBe('ok');
    expect(await session.query('SELECT id, name FROM guests ORDER BY id')).toEqual([
      { id: 1, name: 'Ann Bell' },
      { id: 2, name: 'Bo Ek' },
      { id: 3, name: null },
      { id: 4, name: null },
      { id: 5, name: null },
    ]);
  });

  test('what was only added beside them may be written to', async () => {
    const { session, rollback } = await applied({ ...GUESTS, up: SPLIT });
    await session.batch(
      'UPDATE guests SET stars = 5 WHERE id = 1; INSERT INTO guests (id, stars) VALUES (4, 3)',
    );
    expect(messageOf(await run(session, rollback))).toBe('ok');
    const [row] = await session.query('SELECT name FROM guests WHERE id = 1');
    expect(row).toEqual({ name: 'Ann Bell' });
  });

  test('rows that the migration brought are none that were written since', async () => {
    const up = `${SPLIT} INSERT INTO guests VALUES (9, 'Zoe', 'Quist', 1);`;
    const { session, rollback } = await applied({ ...GUESTS, up });
    expect(messageOf(await run(session, rollback))).toBe('ok');
    const [row] = await session.query(
      'SELECT count(*)::int AS guests, count(name)::int AS names FROM guests',
    );
    expect(row).toEqual({ guests: 3, names: 2 });
  });

  test.for([
    [
      'by a block',
      `ALTER TABLE guests ADD COLUMN first text;
      DO $$ BEGIN EXECUTE 'UPDATE guests SET first = upper(name)'; END $$;
      ALTER TABLE guests DROP COLUMN name;`,
    ],
    [
      'under names in between',
      `ALTER TABLE guests RENAME COLUMN name TO old;
      ALTER TABLE guests ADD COLUMN "new" text;
      UPDATE guests g SET "new" = upper(g.old);
      ALTER TABLE guests DROP COLUMN old;
      ALTER TABLE guests RENAME COLUMN "new" TO first;`,
    ],
    [
      'in another table',
      `ALTER TABLE guests RENAME TO visitors;
      CREATE TABLE beds (id integer);
      ALTER TABLE rooms ADD COLUMN first text;
      UPDATE rooms SET first = v.name FROM visitors v WHERE v.id = rooms.guest;
      ALTER TABLE visitors DROP COLUMN name;`,
    ],
  ] as const)('%s', async ([, up]) => {
    const base = `${GUESTS.base} CREATE TABLE rooms (id integer PRIMARY KEY, guest integer REFERENCES guests);`;
    const seed = `${GUESTS.seed} INSERT INTO rooms VALUES (7, 1);`;
    const { session, rollback } = await applied({ base, seed, up });
    const table = up.includes('visitors') ? 'rooms' : 'guests';
    await session.query(`UPDATE ${table} SET first = 'Eve'`);
    expect(messageOf(await run(session, rollback))).toMatch(
      new RegExp(`^(1 row|3 rows) of public.${table} written since: what is in first would be lost`),
    );
  });
});

describe('a type that was given by an expression without a way back', () => {
  const base = 'CREATE TABLE tasks (id integer PRIMARY KEY, urgency text NOT NULL);';
  const seed = "INSERT INTO tasks VALUES (1, 'low'), (2, 'high'), (3, 'none');";
  const up = `ALTER TABLE tasks ALTER COLUMN urgency TYPE integer USING CASE urgency WHEN 'low' THEN 1 WHEN 'high' THEN 2 ELSE 0 END;`;

  test('untouched values come back; where others were written, the rollback refuses with their number, until the loss is accepted', async () => {
    const { session, rollback } = await applied({ base, seed, up });
    await session.batch('UPDATE tasks SET urgency = 2 WHERE id = 1; INSERT INTO tasks VALUES (4, 1)');
    const refused = await run(session, rollback);
    expect(messageOf(refused)).toMatch(
      /^2 rows of public\.tasks written since: no way is known by which urgency/,
    );
    await session.reset();
    const hint = refused.status === 'failed' ? (refused.error.hint ?? '') : '';
    await session.query(hint.slice(hint.indexOf('SET pivotal_flow.accept_loss')));
    expect(messageOf(await run(session, rollback))).toBe('ok');
    expect(await session.query('SELECT id, urgency FROM tasks ORDER BY id')).toEqual([
      { id: 1, urgency: '2' },
      { id: 2, urgency: 'high' },
      { id: 3, urgency: 'none' },
      { id: 4, urgency: '1' },
    ]);
  });

  test('where nothing was written since, nothing is in the way', async () => {
    const { session, rollback } = await applied({ base, seed, up });
    expect(messageOf(await run(session, rollback))).toBe('ok');
    const [row] = await session.query(`SELECT string_agg(urgency, ',' ORDER BY id) AS all FROM tasks`);
    expect(row).toEqual({ all: 'low,high,none' });
  });
});

test('a newer value that has no way back and that the type of before does not take makes way for the old one, once its loss is accepted', async () => {
  const { session, rollback } = await applied({
    base: 'CREATE TABLE devices (id integer PRIMARY KEY, nonces integer[] NOT NULL);',
    seed: "INSERT INTO devices VALUES (1, '{4,5}'), (2, '{}');",
    up: "ALTER TABLE devices ALTER COLUMN nonces TYPE jsonb USING jsonb_build_object('0000', nonces);",
  });
  await session.query(`UPDATE devices SET nonces = '{"x": [7]}' WHERE id = 2`);
  expect(messageOf(await run(session, rollback))).toBe(
    '1 row of public.devices written since: no way is known by which nonces goes back to what it was; it would be lost',
  );
  await session.query("SET pivotal_flow.accept_loss = 'devices.nonces'");
  expect(messageOf(await run(session, rollback))).toBe('ok');
  expect(await session.query('SELECT id, nonces::text FROM devices ORDER BY id')).toEqual([
    { id: 1, nonces: '{4,5}' },
    { id: 2, nonces: '{}' },
  ]);
});
