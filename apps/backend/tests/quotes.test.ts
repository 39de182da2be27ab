import { beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../src/db/database.ts';
import { type QuoteSearch, quoteSearchQuery } from '../src/repositories/quotes.ts';
import { createMigratedDatabase } from './database.ts';
import { asUser, startApp } from './running-app.ts';
import { type SeededOrganization, seedCustomer, seedOrganization } from './seed-rows.ts';

describe('GET /quotes', () => {
  it('finds by status, customer, open end and metadata, and only what is alive and the own', async () => {
    const { ask, database } = await startApp();
    const one = await seedOrganization(database.pool, 'one');
    const two = await seedOrganization(database.pool, 'two');
    const other = await seedCustomer(database.pool, one.organizationId, 'other');
    const write = (organizationId: string, customerId: string, values: string) =>
      database.pool.query(
        `INSERT INTO quotes (organization_id, customer_id, number, title, status, valid_until, metadata, deleted_at)
         SELECT $1, $2, number, 'T', status::quote_status, valid_until::date, metadata::jsonb, deleted_at::timestamptz
           FROM (VALUES ${values}) AS quote (number, status, valid_until, metadata, deleted_at)`,
        [organizationId, customerId],
      );
    await write(
      one.organizationId,
      one.customerId,
      `('Q1', 'draft', '2026-03-01', '{"source": "web", "tags": ["a", "b"]}', NULL),
       ('Q2', 'sent', '2026-04-01', '{"source": "fair"}', NULL),
       ('Q3', 'accepted', '2026-03-01', '{}', NULL),
       ('Q4', 'sent', '2026-03-01', '{"source": "web"}', 'now')`,
    );
    await write(one.organizationId, other.customerId, `('Q5', 'sent', '2026-03-02', '{}', NULL)`);
    await write(
      two.organizationId,
      two.customerId,
      `('Q1', 'sent', '2026-03-01', '{"source": "web"}', NULL)`,
    );

    const found = async (query: string) => {
      const { status, body } = await ask('GET', `/quotes${query}`, asUser(one));
      expect(status).toBe(200);
      return body.items.map((item: { number: string }) => item.number).sort();
    };
    expect(await found('')).toEqual(['Q1', 'Q2', 'Q3', 'Q5']);
    expect(await found('?status=sent')).toEqual(['Q2', 'Q5']);
    expect(await found(`?customerId=${other.customerId}`)).toEqual(['Q5']);
    expect(await found('?openUntil=2026-03-02')).toEqual(['Q1', 'Q5']);
    const metadata = (value: unknown) => `?metadata=${encodeURIComponent(JSON.stringify(value))}`;
    expect(await found(metadata({ source: 'web' }))).toEqual(['Q1']);
    expect(await found(metadata({ tags: ['b'] }))).toEqual(['Q1']);
    expect(await found(`${metadata({ source: 'fair' })}&status=draft`)).toEqual([]);
  });

  it('pages through rows of the same moment without losing or repeating one', async () => {
    const { ask, database } = await startApp();
    const one = await seedOrganization(database.pool, 'one');
    // Several share a microsecond, and all share a millisecond.
    await database.pool.query(
      `INSERT INTO quotes (organization_id, customer_id, number, title, created_at)
       SELECT $1, $2, n, 'T', '2026-03-01 12:00:00.123000Z'::timestamptz + (n / 4) * interval '1 microsecond'
         FROM generate_series(1, 30) AS n`,
      [one.organizationId, one.customerId],
    );
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 10; page += 1) {
      const { body } = await ask('GET', `/quotes?limit=7${cursor}`, asUser(one));
      seen.push(...body.items.map((item: { number: string }) => item.number));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen).toHaveLength(30);
    expect(new Set(seen).size).toBe(30);
  });

  it.each([
    ['status=lost', 'status'],
    ['openUntil=soon', 'openUntil'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['metadata=[1]', 'metadata'],
    ['metadata={', 'metadata'],
    ['state=sent', 'state'],
  ])('refuses %s', async (query, field) => {
    const { ask } = await startApp();
    const answer = await ask('GET', `/quotes?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'bad_request' } } });
    for (const detail of answer.body.error.details) expect(detail).toMatchObject({ field });
  });

  it('refuses a cursor that it did not give', async () => {
    const { ask, database } = await startApp();
    const one = await seedOrganization(database.pool, 'one');
    for (const cursor of ['x', Buffer.from("2026' OR 1=1").toString('base64url')]) {
      const answer = await ask('GET', `/quotes?cursor=${cursor}`, asUser(one));
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'bad_request' } } });
    }
  });
});

describe('the search uses the indexes of 0004_quote_performance_indexes', () => {
  let database: Database;
  let one: SeededOrganization;
  let customerIds: readonly string[];

  /** 24,000 quotes of four organizations, as years of business leave them: most are settled, few are open. */
  beforeAll(async () => {
    database = openDatabase((await createMigratedDatabase()).url, () => {});
    one = await seedOrganization(database.pool, 'one');
    const organizations = [one.organizationId];
    for (const slug of ['two', 'three', 'four']) {
      organizations.push((await seedOrganization(database.pool, slug)).organizationId);
    }
    await database.pool.query(`
      INSERT INTO customers (organization_id, name)
        SELECT id, 'Customer ' || n FROM organizations, generate_series(1, 100) AS n;
      INSERT INTO quotes (organization_id, customer_id, number, title, status, valid_until, metadata, created_at)
        SELECT o.id, c.ids[1 + n % array_length(c.ids, 1)], 'Q-' || n, 'Quote ' || n,
               (CASE WHEN n % 50 = 0 THEN 'sent' WHEN n % 51 = 0 THEN 'draft' WHEN n % 3 = 0 THEN 'declined' ELSE 'accepted' END)::quote_status,
               date '2020-01-01' + n / 3,
               jsonb_build_object('source', 'campaign-' || n % 400, 'reference', n),
               timestamptz '2020-01-01' + n * interval '3 hours'
          FROM organizations o
          JOIN (SELECT organization_id, array_agg(id ORDER BY name) AS ids FROM customers GROUP BY 1) c ON c.organization_id = o.id,
               generate_series(1, 6000) AS n;
      ANALYZE;`);
    const { rows } = await database.pool.query<{ id: string }>(
      'SELECT id FROM customers WHERE organization_id = $1',
      [one.organizationId],
    );
    customerIds = rows.map((row) => row.id);
    return () => database.close();
  });

  /** The indexes in the plan of the very query that the repository sends. */
  async function indexesOf(search: Partial<QuoteSearch>): Promise<string[]> {
    const query = quoteSearchQuery(database.queries, {
      organizationId: one.organizationId,
      limit: 50,
      ...search,
    }).toSQL();
    const { rows } = await database.pool.query(`EXPLAIN (FORMAT JSON) ${query.sql}`, query.params);
    return [...JSON.stringify(rows).matchAll(/"Index Name":"([^"]+)"/g)].map((match) => match[1]!);
  }

  it.each<[string, () => Partial<QuoteSearch>, string]>([
    ['status', () => ({ status: 'declined' }), 'quotes_organization_status_created_idx'],
    ['customer', () => ({ customerId: customerIds[7]! }), 'quotes_customer_alive_idx'],
    ['open end', () => ({ openUntil: '2020-03-01' }), 'quotes_open_idx'],
    ['metadata', () => ({ metadata: { source: 'campaign-7' } }), 'quotes_metadata_gin_idx'],
  ])('by %s', async (_, search, index) => {
    expect(await indexesOf(search())).toContain(index);
  });

  it('also on a later page', async () => {
    const cursor = Buffer.from('2021-01-01T00:00:00.000000Z 00000000-0000-4000-8000-000000000000').toString(
      'base64url',
    );
    expect(await indexesOf({ status: 'declined', cursor })).toContain(
      'quotes_organization_status_created_idx',
    );
  });

  it('and not without them', async () => {
    await database.pool.query('BEGIN; DROP INDEX quotes_open_idx; COMMIT');
    expect(await indexesOf({ openUntil: '2020-03-01' })).not.toContain('quotes_open_idx');
  });
});
