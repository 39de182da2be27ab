import type { Session } from '../postgres/session.ts';
import { quoteLiteral } from '../sql/quote.ts';
import { STASH_SCHEMA } from '../sql/reserved-names.ts';

/** What one migration has set aside of one table. */
export interface HeldStash {
  readonly migration: string;
  /** The table that it came from, or `sequences`. */
  readonly source: string;
  readonly state: 'held' | 'restored' | 'purged';
  readonly rows: number;
  readonly bytes: number;
  /** ISO 8601, in UTC. */
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Whether it may be purged without being asked for by name. */
  readonly isExpired: boolean;
}

/**
 * What a database holds for rollbacks, newest migration last.
 * @throws ServerError when the server refuses to say
 */
export async function heldStashes(session: Session): Promise<HeldStash[]> {
  if (!(await hasManifest(session))) return [];
  const rows = await session.query(`
    select migration, source, state, row_count::text as rows, byte_count::text as bytes,
      to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created,
      to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as expires, expires_at < now() as expired
    from ${STASH_SCHEMA}.manifest order by created_at, migration, source`);
  return rows.map((row) => ({
    migration: String(row['migration']),
    source: String(row['source']),
    state: row['state'] as HeldStash['state'],
    rows: Number(row['rows']),
    bytes: Number(row['bytes']),
    createdAt: String(row['created']),
    expiresAt: String(row['expires']),
    isExpired: row['expired'] === true,
  }));
}

/**
 * Throws away what migrations have set aside: from then on their rollbacks cannot bring it back. All of it, or, where the
 * server refuses something, nothing.
 * @throws ServerError when the server refuses it
 */
export async function purgeStashes(session: Session, migrations: readonly string[]): Promise<void> {
  if (migrations.length === 0) return;
  const list = migrations.map((migration) => quoteLiteral(migration).trim()).join(', ');
  await session.batch(`
    begin;
    do $purge$
    declare
      kept record;
    begin
      for kept in
        select c.oid::regclass as name from ${STASH_SCHEMA}.manifest m
        join pg_class c on c.relnamespace = '${STASH_SCHEMA}'::regnamespace and c.relkind = 'r'
          and (c.oid = to_regclass(m.stash) or c.oid = to_regclass(m.added))
        where m.migration in (${list}) and m.source <> 'sequences'
      loop
        execute format('drop table %s', kept.name);
      end loop;
    end
    $purge$;
    delete from ${STASH_SCHEMA}.sequence_positions where migration in (${list});
    update ${STASH_SCHEMA}.manifest set state = 'purged', row_count = 0, byte_count = 0 where migration in (${list});
    commit`);
}

async function hasManifest(session: Session): Promise<boolean> {
  const [row] = await session.query(`select to_regclass('${STASH_SCHEMA}.manifest') is not null as found`);
  return row?.['found'] === true;
}
