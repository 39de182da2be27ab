import { describe, expect, test } from 'vitest';
import { applied, messageOf, onTestServer, run, synthesized } from './applied-pair.ts';

onTestServer();

const TASKS = {
  base: 'CREATE TABLE tasks (id integer PRIMARY KEY, urgency text NOT NULL, euros numeric(10,2), hidden boolean NOT NULL, extra jsonb);',
  seed: `INSERT INTO tasks VALUES (1, 'low', 1.5, false, '{"phone": "1", "x": 1}'), (2, 'high', 2, true, '{"phone": "2"}'), (3, 'low', NULL, false, NULL);`,
};

const RANK = `CASE urgency_label WHEN 'low' THEN 1 WHEN 'high' THEN 2 END`;

describe('a column that is made anew under its name, and filled from what it was', () => {
  test.for([
    [
      'dropped afterwards',
      `ALTER TABLE tasks RENAME COLUMN urgency TO urgency_label;
      ALTER TABLE tasks ADD COLUMN urgency integer;
      UPDATE tasks SET urgency = ${RANK};
      ALTER TABLE tasks DROP COLUMN urgency_label;`,
      'no way is known by which urgency goes back to what it was; it would be cast',
    ],
    [
      'kept under another name',
      `ALTER TABLE tasks RENAME COLUMN urgency TO urgency_label;
      ALTER TABLE tasks ALTER COLUMN urgency_label DROP NOT NULL, ADD COLUMN urgency integer;
      UPDATE tasks SET urgency = ${RANK};`,
      'what is in urgency would be lost',
    ],
    [
      'filled before it gets the name',
      `ALTER TABLE tasks ADD COLUMN rank integer;
      UPDATE tasks SET rank = length(urgency) WHERE euros IS NOT NULL;
      ALTER TABLE tasks DROP COLUMN urgency;
      ALTER TABLE tasks RENAME COLUMN rank TO urgency;`,
      'no way is known by which urgency goes back to what it was; it would be cast',
    ],
    [
      'with its table',
      `CREATE TABLE tasks_new (id integer PRIMARY KEY, urgency integer, euros numeric(10,2), hidden boolean NOT NULL DEFAULT false, extra jsonb);
      INSERT INTO tasks_new SELECT id, length(urgency), euros, hidden, extra FROM tasks;
      DROP TABLE tasks;
      ALTER TABLE tasks_new RENAME TO tasks;`,
      'no way is known by which urgency goes back to what it was; it would be cast',
    ],
  ] as const)('%s', async ([, up, why]) => {
    const { session, rollback } = await applied({ ...TASKS, up });
    await session.query('UPDATE tasks SET urgency = 2 WHERE id = 1');
    expect(messageOf(await run(session, rollback))).toBe(`1 row of public.tasks written since: ${why}`);
  });

  test('a newer value goes through the inverse where there is one, and none is asked where nothing was written', async () => {
    const up = `ALTER TABLE tasks RENAME COLUMN euros TO old;
      ALTER TABLE tasks ADD COLUMN euros integer;
      UPDATE tasks SET euros = old * 100 WHERE old IS NOT NULL;
      ALTER TABLE tasks DROP COLUMN old;`;
    const { session, rollback } = await applied({ ...TASKS, up });
    await session.batch(
      "UPDATE tasks SET euros = 250 WHERE id = 1; INSERT INTO tasks (id, urgency, euros, hidden) VALUES (9, 'low', 99, false)",
    );
    expect(messageOf(await run(session, rollback))).toBe('ok');
    const [row] = await session.query("SELECT string_agg(euros::text, ' ' ORDER BY id) AS all FROM tasks");
    expect(row).toEqual({ all: '2.50 2.00 0.99' });
  });
});

describe('a column whose values are all told in another way', () => {
  test.for([
    [
      'by USING, without another type',
      `ALTER TABLE tasks ALTER COLUMN hidden TYPE boolean USING NOT hidden;
      ALTER TABLE tasks RENAME COLUMN hidden TO shown;`,
      'UPDATE tasks SET shown = true WHERE id = 2',
      'hidden goes back to what it was; it would stay as it is',
    ],
    [
      'by UPDATE',
      'UPDATE tasks SET euros = euros * 100;',
      'UPDATE tasks SET euros = 7 WHERE id = 1',
      'euros goes back to what it was; it would stay as it is',
    ],
    [
      'by UPDATE, and then by a cast',
      `UPDATE tasks SET urgency = CASE urgency WHEN 'low' THEN '1' ELSE '2' END;
      ALTER TABLE tasks ALTER COLUMN urgency TYPE integer USING urgency::integer;`,
      'UPDATE tasks SET urgency = 2 WHERE id = 1',
      'urgency goes back to what it was; it would be cast',
    ],
  ] as const)('%s', async ([, up, life, why]) => {
    const { session, rollback } = await applied({ ...TASKS, up });
    await session.query(life);
    expect(messageOf(await run(session, rollback))).toBe(
      `1 row of public.tasks written since: no way is known by which ${why}`,
    );
  });

  test.for([
    [
      'some rows',
      'UPDATE tasks SET euros = euros * 2 WHERE hidden;',
      'UPDATE tasks SET euros = 7 WHERE id = 2',
    ],
    ['a tidier form', 'UPDATE tasks SET euros = round(euros);', 'UPDATE tasks SET euros = 7 WHERE id = 1'],
    ['text', "UPDATE tasks SET urgency = urgency || '!';", "UPDATE tasks SET urgency = 'mid' WHERE id = 1"],
  ] as const)('newer values stay where that is said of %s', async ([, up, life]) => {
    const { session, rollback } = await applied({ ...TASKS, up });
    await session.query(life);
    expect(messageOf(await run(session, rollback))).toBe('ok');
  });
});

describe('a column that is filled', () => {
  test.for([
    [
      'by MERGE',
      `ALTER TABLE tasks ADD COLUMN rank text;
      MERGE INTO tasks USING (SELECT id, urgency FROM tasks) s ON s.id = tasks.id WHEN MATCHED THEN UPDATE SET rank = s.urgency;
      ALTER TABLE tasks DROP COLUMN urgency;`,
    ],
    [
      'by ON CONFLICT',
      `ALTER TABLE tasks ADD COLUMN rank text;
      INSERT INTO tasks (id, urgency, hidden, rank) SELECT id, urgency, hidden, urgency FROM tasks ON CONFLICT (id) DO UPDATE SET rank = excluded.rank;
      ALTER TABLE tasks DROP COLUMN urgency;`,
    ],
    [
      'by a block',
      `ALTER TABLE tasks ADD COLUMN rank text;
      DO $$ DECLARE r record; BEGIN FOR r IN SELECT id, urgency FROM tasks LOOP UPDATE tasks SET rank = upper(r.urgency) WHERE id = r.id; END LOOP; END $$;
      ALTER TABLE tasks DROP COLUMN urgency;`,
    ],
    [
      'by being computed first',
      `ALTER TABLE tasks ADD COLUMN rank text GENERATED ALWAYS AS (urgency || '!') STORED;
      ALTER TABLE tasks ALTER COLUMN rank DROP EXPRESSION;
      ALTER TABLE tasks DROP COLUMN urgency;`,
    ],
    [
      'by USING',
      `ALTER TABLE tasks ADD COLUMN rank integer;
      ALTER TABLE tasks ALTER COLUMN rank TYPE text USING urgency;
      ALTER TABLE tasks DROP COLUMN urgency;`,
    ],
    [
      'by way of a table that does not stay',
      `CREATE TEMP TABLE aside AS SELECT id, urgency AS u FROM tasks;
      ALTER TABLE tasks DROP COLUMN urgency, ADD COLUMN rank text;
      UPDATE tasks SET rank = aside.u FROM aside WHERE aside.id = tasks.id;
      DROP TABLE aside;`,
    ],
    [
      'from what is written over',
      `ALTER TABLE tasks ADD COLUMN rank text;
      UPDATE tasks SET rank = extra->>'phone', extra = extra - 'phone';`,
    ],
    [
      'in a table that is made anew',
      `CREATE TABLE tasks_new (id integer PRIMARY KEY, rank text, euros numeric(10,2), hidden boolean NOT NULL, extra jsonb);
      INSERT INTO tasks_new (id, rank, hidden, extra) SELECT id, upper(urgency), hidden, extra FROM tasks;
      DROP TABLE tasks;
      ALTER TABLE tasks_new RENAME TO tasks;`,
    ],
  ] as const)('%s', async ([, up]) => {
    const { session, rollback } = await applied({ ...TASKS, up });
    await session.query("UPDATE tasks SET rank = 'Eve' WHERE id = 1");
    expect(messageOf(await run(session, rollback))).toMatch(
      /^1 row of public\.tasks written since: what is in rank would be lost/,
    );
  });

  test('from one that stays as it is, is the migration’s own', async () => {
    const up =
      'ALTER TABLE tasks ADD COLUMN rank text; UPDATE tasks SET rank = urgency, urgency = lower(urgency);';
    const { session, rollback } = await applied({ ...TASKS, up });
    await session.query("UPDATE tasks SET rank = 'Eve' WHERE id = 1");
    expect(messageOf(await run(session, rollback))).toBe('ok');
  });

  test('from something else, under the name of a dropped one, is cast as any other', async () => {
    const up = `ALTER TABLE tasks DROP COLUMN urgency, ADD COLUMN urgency integer;
      UPDATE tasks SET urgency = euros * 2;`;
    const { session, rollback } = await applied({ ...TASKS, up });
    await session.query('UPDATE tasks SET urgency = 7 WHERE id = 1');
    expect(messageOf(await run(session, rollback))).toBe('ok');
  });

  test('by a text that is put together is named as not checked', async () => {
    const up = `ALTER TABLE tasks ADD COLUMN rank text;
      DO $$ BEGIN EXECUTE format('UPDATE tasks SET %I = %I', 'rank', 'urgen' || 'cy'); END $$;
      ALTER TABLE tasks DROP COLUMN urgency;`;
    const { migration, told } = await synthesized({ ...TASKS, up });
    const said =
      /not checked: which rows the texts change that a DO block puts together and runs; .* newer values in what they fill are not counted/;
    expect(told).toMatch(said);
    expect(migration.rollback?.text).toMatch(said);
  });
});
