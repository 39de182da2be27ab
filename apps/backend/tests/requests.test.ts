import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { asUser, startApp } from './running-app.ts';
import { seedOrganization } from './seed-rows.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';

describe('the configuration', () => {
  it('has defaults for development', () => {
    expect(readConfig({})).toEqual({
      ok: true,
      config: { databaseUrl: null, host: '127.0.0.1', port: 3000, exportFolder: 'exports' },
    });
  });

  it('names all problems at once, and no value that may hold a password', () => {
    expect(readConfig({ DATABASE_URL: 'mysql://u:secret@h/d', PORT: 'x' })).toEqual({
      ok: false,
      problems: [
        'DATABASE_URL does not begin with postgres:// or postgresql://.',
        'PORT is "x", not a number from 0 to 65535.',
      ],
    });
  });

  it('has no development database in production', () => {
    expect(readConfig({ NODE_ENV: 'production' })).toMatchObject({ ok: false });
  });
});

describe('a request', () => {
  it.each([
    ['without headers', {}],
    ['with an organization that is no UUID', { 'x-organization-id': "1' OR 1=1", 'x-user-id': NOBODY }],
    ['for an organization that is not there', { 'x-organization-id': NOBODY, 'x-user-id': NOBODY }],
  ])('%s is not identified', async (_, headers) => {
    const { ask } = await startApp();
    expect(await ask('GET', '/quotes', headers)).toMatchObject({
      status: 401,
      body: { error: { code: 'not_identified' } },
    });
  });

  it('of a user of another organization, or of one who left, is not identified', async () => {
    const { ask, database } = await startApp();
    const one = await seedOrganization(database.pool, 'one');
    const two = await seedOrganization(database.pool, 'two');
    expect((await ask('GET', '/quotes', asUser(one))).status).toBe(200);
    expect((await ask('GET', '/quotes', asUser({ ...one, userId: two.userId }))).status).toBe(401);
    await database.pool.query('UPDATE users SET is_active = false WHERE id = $1', [one.userId]);
    expect((await ask('GET', '/quotes', asUser(one))).status).toBe(401);
  });

  it('names every wrong field of a body', async () => {
    const { ask } = await startApp();
    const { status, body } = await ask(
      'POST',
      '/resource-allocations',
      {},
      {
        userId: 'x',
        startsOn: '2026-02-30',
        endsOn: '0000-01-01',
        allocationPercent: '50',
        colour: 'red',
      },
    );
    expect(status).toBe(400);
    expect(body.error.code).toBe('bad_request');
    expect(body.error.details.map((detail: { field: string }) => detail.field).sort()).toEqual([
      'allocationPercent',
      'colour',
      'endsOn',
      'projectId',
      'startsOn',
      'userId',
    ]);
  });

  it('with a body that is no JSON is refused in the same form', async () => {
    const { app } = await startApp();
    const answer = await app.inject({
      method: 'POST',
      url: '/resource-allocations',
      headers: { 'content-type': 'application/json' },
      payload: '{',
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: { code: 'bad_request' } });
  });

  it('for what is not there is answered in the same form', async () => {
    const { ask } = await startApp();
    expect(await ask('GET', '/nothing?secret=1')).toEqual({
      status: 404,
      body: { error: { code: 'not_found', message: 'There is no GET /nothing.' } },
    });
  });

  it('that fails on our side shows neither SQL nor a stack', async () => {
    const { ask, database } = await startApp();
    const organization = await seedOrganization(database.pool, 'one');
    await database.pool.query('ALTER TABLE quotes RENAME TO hidden');
    expect(await ask('GET', '/quotes', asUser(organization))).toEqual({
      status: 500,
      body: {
        error: { code: 'internal', message: 'Something went wrong on our side. It is in our log.' },
      },
    });
  });
});
