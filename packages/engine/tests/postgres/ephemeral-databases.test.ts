import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../src/postgres/connect.ts';
import { DropRefusal } from '../../src/postgres/drop-refusal.ts';
import type { Cluster } from '../../src/postgres/embedded/cluster.ts';
import { startCluster } from '../../src/postgres/embedded/cluster.ts';
import { openServer } from '../../src/postgres/open-server.ts';
import type { Server } from '../../src/postgres/server.ts';
import { databaseUrl } from '../../src/postgres/server-address.ts';
import type { Session } from '../../src/postgres/session.ts';
import { testSurroundings } from '../server.ts';

/** Stands for a server that is not ours: it is reached by its URL only. */
let real: Cluster;
let admin: Session;
let url: string;

beforeAll(async () => {
  real = await startCluster(null, testSurroundings());
  admin = await connect(real.address, 'postgres');
  url = databaseUrl(real.address, 'postgres');
});

afterAll(async () => {
  await admin?.close();
  await real?.stop();
});

async function databaseNames(): Promise<string[]> {
  const rows = await admin.query(
    `SELECT datname::text AS name FROM pg_database WHERE NOT datistemplate ORDER BY 1`,
  );
  return rows.map((row) => String(row['name']));
}

describe.each(['embedded', 'url'] as const)('ephemeral databases on a server of kind %s', (kind) => {
  let server: Server;

  beforeAll(async () => {
    server = await openServer(kind === 'url' ? { kind, url } : { kind, major: null }, testSurroundings());
  });

  afterAll(async () => {
    await server?.close();
  });

  it('can be created, copied and dropped', async () => {
    const original = await server.createDatabase();
    const writer = await server.connect(original);
    await writer.batch('CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2)');
    await writer.close();
    const copy = await server.createDatabase(original);
    const reader = await server.connect(copy);
    expect(await reader.query('SELECT a FROM t ORDER BY a')).toEqual([{ a: 1 }, { a: 2 }]);
    await server.dropDatabase(copy);
    await server.dropDatabase(copy);
    await expect.poll(() => reader.query('SELECT 1').catch((error: Error) => error.name)).toBe('ServerError');
  });

  it('carry the prefix, the marker and a comment', async () => {
    const database = await server.createDatabase();
    const session = await server.connect(database);
    expect(database.name).toMatch(/^pivotal_flow_[0-9a-f]{16}_\d+$/);
    const rows = await session.query(
      `SELECT datconnlimit, shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = current_database()`,
    );
    expect(rows).toEqual([{ datconnlimit: 0x50464c57, comment: expect.stringContaining('pivotal-flow') }]);
  });

  it('are dropped although a migration has changed the connection limit', async () => {
    const database = await server.createDatabase();
    const session = await server.connect(database);
    await session.query(`ALTER DATABASE ${database.name} CONNECTION LIMIT 5`);
    await session.close();
    await server.dropDatabase(database);
  });

  it('are dropped although a migration has changed the connection limit and the comment', async () => {
    const database = await server.createDatabase();
    const session = await server.connect(database);
    await session.batch(
      `ALTER DATABASE ${database.name} CONNECTION LIMIT 5; COMMENT ON DATABASE ${database.name} IS 'ours'`,
    );
    await session.close();
    await server.dropDatabase(database);
  });

  it('are dropped although a migration has left behind what PostgreSQL does not drop by force', async () => {
    const database = await server.createDatabase();
    const session = await server.connect(database);
    await session.query(`SELECT pg_create_logical_replication_slot('slot_${kind}', 'pgoutput')`);
    await session.query(
      `CREATE SUBSCRIPTION s CONNECTION 'host=/nowhere' PUBLICATION p WITH (connect = false)`,
    );
    await session.query(`ALTER DATABASE ${database.name} IS_TEMPLATE true`);
    await session.batch(`BEGIN; CREATE TABLE t (a int); PREPARE TRANSACTION 'left behind'`);
    await session.close();
    await server.dropDatabase(database);
    if (kind === 'embedded')
      await expect(server.connect(database)).rejects.toMatchObject({ code: 'no-such-database' });
  });

  it.each([
    ['a name that is not ours', 'postgres', 'its name is not one that we give'],
    ['our prefix alone', 'pivotal_flow_production', 'its name is not one that we give'],
    ['a name that goes on', 'pivotal_flow_0123456789abcdef_1; x', 'its name is not one that we give'],
  ])('refuses to drop %s', async (_, name, reason) => {
    await expect(server.dropDatabase({ name })).rejects.toThrow(new DropRefusal(name, reason));
  });

  it('refuses to drop a database without the marker', async () => {
    const name = 'pivotal_flow_0123456789abcdef_1';
    const database = await server.createDatabase();
    const session = await server.connect(database);
    await session.query(`CREATE DATABASE ${name}`);
    await expect(server.dropDatabase({ name })).rejects.toThrow(
      new DropRefusal(name, 'it does not carry our marker'),
    );
    await session.query(`DROP DATABASE ${name}`);
  });
});

describe('a server behind a URL', () => {
  it('is left as it was found', async () => {
    await admin.query('CREATE DATABASE pivotal_flow_0123456789abcdef_7');
    const before = await databaseNames();
    const server = await openServer({ kind: 'url', url }, testSurroundings());
    const template = await server.createDatabase();
    await server.dropDatabase(await server.createDatabase(template));
    await server.connect(await server.createDatabase());
    await server.close();
    await server.close();
    expect(await databaseNames()).toEqual(before);
    await admin.query('DROP DATABASE pivotal_flow_0123456789abcdef_7');
  });

  it('is rid of what a dead run left, and keeps what a live run uses', async () => {
    const live = await openServer({ kind: 'url', url }, testSurroundings());
    const used = await live.createDatabase();
    const dead = 'pivotal_flow_00000000deadbeef_3';
    await admin.query(`CREATE DATABASE ${dead} CONNECTION LIMIT ${0x50464c57}`);
    const server = await openServer({ kind: 'url', url }, testSurroundings());
    expect(await databaseNames()).toEqual(['postgres', used.name].sort());
    await server.close();
    expect(await databaseNames()).toContain(used.name);
    await live.close();
    expect(await databaseNames()).toEqual(['postgres']);
  });

  it('ends a session that holds a database in use at the end', async () => {
    const server = await openServer({ kind: 'url', url }, testSurroundings());
    const database = await server.createDatabase();
    const stranger = await connect(real.address, database.name);
    await server.close();
    expect(await databaseNames()).toEqual(['postgres']);
    await stranger.close();
  });

  it.each([
    ['nothing listens', 'postgres://me:secret@127.0.0.1:1/postgres', 'server-unreachable'],
    [
      'there is no socket',
      'postgres:///postgres?host=/nonexistent&user=me&password=secret',
      'server-unreachable',
    ],
    ['the host is unknown', 'postgres://me:secret@host.invalid/postgres', 'server-unreachable'],
  ])('is refused with a reason when %s', async (_, bad, code) => {
    const error = await openServer({ kind: 'url', url: bad }, testSurroundings()).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'EnvironmentError', code });
    expect(String(error) + (error as { fix: string }).fix).not.toContain('secret');
  });

  it('is refused when the database does not exist', async () => {
    const bad = databaseUrl(real.address, 'nowhere');
    await expect(openServer({ kind: 'url', url: bad }, testSurroundings())).rejects.toMatchObject({
      code: 'no-such-database',
    });
  });

  it('is refused when the role does not exist, or may not create databases', async () => {
    await expect(
      openServer({ kind: 'url', url: url.replace('user=postgres', 'user=nobody_here') }, testSurroundings()),
    ).rejects.toMatchObject({
      code: 'authentication-failed',
    });
    await admin.query('CREATE ROLE "may not" LOGIN');
    const error = openServer(
      { kind: 'url', url: url.replace('user=postgres', 'user=may%20not') },
      testSurroundings(),
    );
    await expect(error).rejects.toMatchObject({
      code: 'may-not-create-databases',
      fix: expect.stringContaining('ALTER ROLE "may not" CREATEDB'),
    });
    await admin.query('DROP ROLE "may not"');
  });

  it('works for a role that may create databases and nothing else', async () => {
    await admin.query('CREATE ROLE creator LOGIN CREATEDB');
    const server = await openServer(
      { kind: 'url', url: url.replace('user=postgres', 'user=creator') },
      testSurroundings(),
    );
    const database = await server.createDatabase();
    await server.dropDatabase(await server.createDatabase(database));
    await server.close();
    expect(await databaseNames()).toEqual(['postgres']);
    await admin.query('DROP ROLE creator');
  });
});
