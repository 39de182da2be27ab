import { beforeEach, describe, expect, it } from 'vitest';
import { findOverbooking } from '../src/services/overbooking.ts';
import { asUser, type RunningApp, startApp } from './running-app.ts';
import { type SeededOrganization, seedOrganization } from './seed-rows.ts';

const span = (startsOn: string, endsOn: string, allocationPercent: number) => ({
  startsOn: `2026-03-${startsOn}`,
  endsOn: `2026-03-${endsOn}`,
  allocationPercent,
});

describe('an overbooking', () => {
  it.each([
    ['nothing planned', [], span('01', '31', 100), null],
    ['another time', [span('01', '10', 100)], span('11', '20', 100), null],
    ['full', [span('01', '10', 40)], span('05', '20', 60), null],
    ['one day shared', [span('01', '10', 100)], span('10', '20', 1), { day: '2026-03-10', percent: 101 }],
    // Both overlap the wanted span, and never each other: the sum of all would be 140 %.
    ['two after each other', [span('01', '05', 70), span('06', '10', 70)], span('01', '10', 30), null],
    [
      'two at once, in the midst',
      [span('01', '12', 40), span('10', '20', 40), span('15', '16', 30)],
      span('05', '31', 30),
      { day: '2026-03-10', percent: 110 },
    ],
    [
      'the fullest day',
      [span('02', '02', 80), span('05', '05', 90)],
      span('01', '09', 50),
      { day: '2026-03-05', percent: 140 },
    ],
  ])('%s', (_, planned, wanted, expected) => {
    const found = findOverbooking(planned, wanted);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });
});

describe('/resource-allocations', () => {
  let running: RunningApp;
  let one: SeededOrganization;

  beforeEach(async () => {
    running = await startApp();
    one = await seedOrganization(running.database.pool, 'one');
  });

  const plan = (from: string, to: string, percent: number, more: object = {}) =>
    running.ask('POST', '/resource-allocations', asUser(one), {
      userId: one.userId,
      projectId: one.projectId,
      ...span(from, to, percent),
      ...more,
    });
  const list = async (query = '') =>
    (await running.ask('GET', `/resource-allocations${query}`, asUser(one))).body.items;

  it('plans, lists, changes and deletes', async () => {
    const { status, body } = await plan('01', '10', 50, { note: 'Design' });
    expect({ status, body }).toMatchObject({ status: 201, body: { note: 'Design', allocationPercent: 50 } });
    expect(await list(`?userId=${one.userId}&from=2026-03-10`)).toEqual([body]);
    expect(await list('?from=2026-03-11')).toEqual([]);
    const path = `/resource-allocations/${body.id}`;
    const changed = await running.ask('PATCH', path, asUser(one), { allocationPercent: 80 });
    expect(changed).toEqual({ status: 200, body: { ...body, allocationPercent: 80 } });
    expect(await running.ask('DELETE', path, asUser(one))).toEqual({ status: 204, body: null });
    expect(await list()).toEqual([]);
    for (const method of ['DELETE', 'PATCH'] as const) {
      const change = method === 'PATCH' ? { note: null } : undefined;
      expect((await running.ask(method, path, asUser(one), change)).status).toBe(404);
    }
    // Deleted for its users, kept in the table.
    const { rows } = await running.database.pool.query('SELECT deleted_at FROM resource_allocations');
    expect(rows).toEqual([{ deleted_at: expect.any(Date) }]);
  });

  it('refuses what would overbook the user, and names the clashes', async () => {
    const first = await plan('01', '10', 70);
    const clash = await plan('10', '20', 40);
    expect(clash).toMatchObject({
      status: 409,
      body: {
        error: {
          code: 'conflict',
          message: 'The user would be planned for 110 % on 2026-03-10.',
          details: { day: '2026-03-10', percent: 110, clashes: [first.body] },
        },
      },
    });
    expect(await list()).toHaveLength(1);
    expect((await plan('11', '20', 100)).status).toBe(201);
  });

  it('does not count an allocation against its own change, and counts the others', async () => {
    const first = await plan('01', '10', 60);
    await plan('11', '20', 60);
    const path = `/resource-allocations/${first.body.id}`;
    expect((await running.ask('PATCH', path, asUser(one), { allocationPercent: 100 })).status).toBe(200);
    expect((await running.ask('PATCH', path, asUser(one), { endsOn: '2026-03-11' })).status).toBe(409);
    expect((await running.ask('PATCH', path, asUser(one), { endsOn: '2026-02-01' })).status).toBe(422);
  });

  it.each(['userId', 'projectId'] as const)('refuses the %s of another organization', async (field) => {
    const two = await seedOrganization(running.database.pool, 'two');
    expect(await plan('01', '10', 50, { [field]: two[field] })).toMatchObject({
      status: 422,
      body: { error: { details: [{ field }] } },
    });
  });

  it('hides the allocations of another organization', async () => {
    const { body } = await plan('01', '10', 50);
    const two = await seedOrganization(running.database.pool, 'two');
    const asTwo = asUser(two);
    expect((await running.ask('GET', '/resource-allocations', asTwo)).body.items).toEqual([]);
    const path = `/resource-allocations/${body.id}`;
    expect((await running.ask('PATCH', path, asTwo, { note: 'x' })).status).toBe(404);
    expect((await running.ask('DELETE', path, asTwo)).status).toBe(404);
    expect(await list()).toEqual([body]);
  });

  /** Sends requests so that each has read what it decides on before any of them can write, unless it waits for another. */
  async function atOnce<Answer>(send: readonly (() => Promise<Answer>)[]): Promise<Answer[]> {
    const { pool } = running.database;
    const client = await pool.connect();
    await client.query('BEGIN; LOCK TABLE resource_allocations IN SHARE MODE');
    const answers = send.map((request) => request());
    await expect
      .poll(async () => {
        const { rows } = await pool.query(
          `SELECT count(*)::int AS waiting FROM pg_stat_activity
           WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return rows[0].waiting;
      })
      .toBe(send.length);
    await client.query('COMMIT');
    client.release();
    return Promise.all(answers);
  }

  it('plans one of several that arrive at once', async () => {
    const answers = await atOnce(Array.from({ length: 5 }, () => () => plan('01', '31', 60)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(await list()).toHaveLength(1);
  });

  it('changes one of two that would clash, when both are changed at once', async () => {
    const first = await plan('01', '05', 60);
    const second = await plan('10', '15', 60);
    const grow = (id: string, change: object) => () =>
      running.ask('PATCH', `/resource-allocations/${id}`, asUser(one), change);
    const answers = await atOnce([
      grow(first.body.id, { endsOn: '2026-03-08' }),
      grow(second.body.id, { startsOn: '2026-03-07' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});
