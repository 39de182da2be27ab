import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createMigratedDatabase } from './database.ts';
import { asPortal, asUser, type RunningApp, startApp } from './running-app.ts';
import { type SeededOrganization, seedCustomer, seedOrganization } from './seed-rows.ts';

type Customer = { organizationId: string; customerId: string; portalUserId: string };

async function writeQuotes(pool: pg.Pool, { organizationId, customerId }: Customer, prefix: string) {
  const { rows } = await pool.query<{ id: string; number: string }>(
    `INSERT INTO quotes (organization_id, customer_id, number, title, status, deleted_at)
     SELECT $1, $2, $3 || name, 'A quote', status::quote_status, deleted_at::timestamptz
       FROM (VALUES ('draft', 'draft', NULL), ('sent', 'sent', NULL), ('accepted', 'accepted', NULL),
                    ('gone', 'sent', 'now')) AS quote (name, status, deleted_at)
     RETURNING id, number`,
    [organizationId, customerId, prefix],
  );
  await pool.query(
    `INSERT INTO invoices (organization_id, customer_id, number, status, deleted_at)
     SELECT $1, $2, $3 || name, status::invoice_status, deleted_at::timestamptz
       FROM (VALUES ('draft', 'draft', NULL), ('sent', 'sent', NULL), ('gone', 'paid', 'now')) AS i (name, status, deleted_at)`,
    [organizationId, customerId, prefix],
  );
  return new Map(rows.map((row) => [row.number, row.id]));
}

describe('the portal', () => {
  let running: RunningApp;
  let one: SeededOrganization;
  let neighbour: Customer;
  let ids: Map<string, string>;

  /** What three customers have: two of one organization, one of another. */
  beforeEach(async () => {
    running = await startApp();
    const { pool } = running.database;
    one = await seedOrganization(pool, 'one');
    const two = await seedOrganization(pool, 'two');
    const { organizationId } = one;
    neighbour = { organizationId, ...(await seedCustomer(pool, organizationId, 'neighbour')) };
    ids = new Map([
      ...(await writeQuotes(pool, one, 'own-')),
      ...(await writeQuotes(pool, neighbour, 'neighbour-')),
      ...(await writeQuotes(pool, two, 'foreign-')),
    ]);
  });

  const numbers = async (path: string, who: Customer) => {
    const { status, body } = await running.ask('GET', path, asPortal(who));
    expect(status).toBe(200);
    return body.items.map((item: { number: string }) => item.number).sort();
  };

  it('shows a customer the own issued quotes and invoices, and nothing else', async () => {
    expect(await numbers('/portal/quotes', one)).toEqual(['own-accepted', 'own-sent']);
    expect(await numbers('/portal/quotes', neighbour)).toEqual(['neighbour-accepted', 'neighbour-sent']);
    expect(await numbers('/portal/invoices', one)).toEqual(['own-sent']);
    expect(await numbers('/portal/invoices', neighbour)).toEqual(['neighbour-sent']);
  });

  it('shows an issued quote with its lines in their order', async () => {
    const id = ids.get('own-sent');
    await running.database.pool.query(
      `INSERT INTO quote_line_items (organization_id, quote_id, position, description, quantity, unit_price)
       VALUES ($1, $2, 2, 'Build', 1.5, 100), ($1, $2, 1, 'Plan', 1, 80)`,
      [one.organizationId, id],
    );
    const { status, body } = await running.ask('GET', `/portal/quotes/${id}`, asPortal(one));
    expect({ status, body }).toMatchObject({ status: 200, body: { id, number: 'own-sent' } });
    expect(body.lineItems).toMatchObject([
      { position: 1, lineTotal: '80.00' },
      { position: 2, lineTotal: '150.00' },
    ]);
  });

  it.each(['own-draft', 'own-gone', 'neighbour-sent', 'foreign-sent'])('does not show %s', async (number) => {
    const answer = await running.ask('GET', `/portal/quotes/${ids.get(number)}`, asPortal(one));
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
  });

  it('lets in active portal users alone, and no staff', async () => {
    const { pool } = running.database;
    for (const change of [`status = 'suspended'`, `status = 'active', deleted_at = now()`]) {
      await pool.query(`UPDATE customer_portal_users SET ${change} WHERE id = $1`, [one.portalUserId]);
      expect((await running.ask('GET', '/portal/quotes', asPortal(one))).status).toBe(401);
    }
    expect((await running.ask('GET', '/portal/quotes', asUser(one))).status).toBe(401);
    await pool.query('UPDATE customers SET deleted_at = now() WHERE id = $1', [neighbour.customerId]);
    expect((await running.ask('GET', '/portal/quotes', asPortal(neighbour))).status).toBe(401);
  });

  it('pages through what it shows', async () => {
    const first = await running.ask('GET', '/portal/quotes?limit=1', asPortal(one));
    expect(first.body.items).toHaveLength(1);
    const second = await running.ask(
      'GET',
      `/portal/quotes?limit=1&cursor=${first.body.nextCursor}`,
      asPortal(one),
    );
    expect(second.body).toMatchObject({ items: [{}], nextCursor: null });
    expect(second.body.items[0].id).not.toBe(first.body.items[0].id);
  });
});

describe('as a role that does not own the tables', () => {
  /** Makes a role as production has it: it may work with rows, and row-level security applies to it. */
  async function restrictedUrl(owner: RunningApp, url: string): Promise<string> {
    const role = `app_${randomUUID().slice(0, 8)}`;
    await owner.database.pool.query(`
      CREATE ROLE ${role} LOGIN PASSWORD 'app';
      GRANT USAGE ON SCHEMA public, drizzle TO ${role};
      GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO ${role};
      GRANT SELECT ON ALL TABLES IN SCHEMA drizzle TO ${role};`);
    onTestFinished(async () => {
      await owner.database.pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    });
    const restricted = new URL(url);
    restricted.searchParams.set('user', role);
    restricted.searchParams.set('password', 'app');
    return restricted.href;
  }

  it('everything works the same, and the policies hide other organizations from queries that forget to', async () => {
    const { url } = await createMigratedDatabase();
    const owner = await startApp({ url });
    const one = await seedOrganization(owner.database.pool, 'one');
    const two = await seedOrganization(owner.database.pool, 'two');
    await writeQuotes(owner.database.pool, one, 'own-');
    await writeQuotes(owner.database.pool, two, 'foreign-');
    const { ask, database } = await startApp({ url: await restrictedUrl(owner, url) });

    expect((await ask('GET', '/health')).status).toBe(200);
    expect((await ask('GET', '/quotes', asUser(one))).body.items).toHaveLength(3);
    expect((await ask('GET', '/portal/quotes', asPortal(one))).body.items).toHaveLength(2);
    const allocation = {
      userId: one.userId,
      projectId: one.projectId,
      startsOn: '2026-03-01',
      endsOn: '2026-03-31',
      allocationPercent: 100,
    };
    expect((await ask('POST', '/resource-allocations', asUser(one), allocation)).status).toBe(201);

    const count = 'SELECT count(*)::int AS quotes FROM quotes';
    expect((await database.pool.query(count)).rows).toEqual([{ quotes: 0 }]);
    const seen = await database.inOrganization(one.organizationId, (queries) => queries.execute(count));
    expect(seen.rows).toEqual([{ quotes: 4 }]);
    const intruding = database.inOrganization(one.organizationId, (queries) =>
      queries.execute(`INSERT INTO customers (organization_id, name) VALUES ('${two.organizationId}', 'x')`),
    );
    await expect(intruding).rejects.toMatchObject({ cause: { code: '42501' } });
    // The setting ends with its transaction, also where a connection is used again.
    expect((await database.pool.query(count)).rows).toEqual([{ quotes: 0 }]);
  });
});
