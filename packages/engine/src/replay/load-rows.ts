import { advanceSequences } from '../data/advance-sequences.ts';
import { insertedTables } from '../data/inserted-tables.ts';
import { AS_REPLICA } from '../data/put-rows.ts';
import { readTables } from '../data/read-tables.ts';
import type { ForeignKeyShape, TableShape } from '../data/table-shape.ts';
import type { Script } from '../migrations/model.ts';
import { ServerError } from '../postgres/server-error.ts';
import type { Session } from '../postgres/session.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { Statement } from '../sql/statement.ts';
import { placed, rollBackQuietly, type ScriptError } from './run-script.ts';

/** What came of loading a file of rows. */
export type Loaded =
  | { readonly kind: 'loaded'; readonly rows: number }
  /** Nothing has changed. `reached`: how many statements had come to their end. */
  | { readonly kind: 'refused'; readonly error: ScriptError; readonly reached: number };

/**
 * Loads a file of rows, such as a dump, all or nothing. It takes the place of what its tables held. Triggers and foreign
 * keys are not in the way of a superuser, so that tables may come in any order; in the end every foreign key has to hold.
 * A setting that the server does not know is passed over, as the dump of a newer PostgreSQL has some.
 * @param session outside of a transaction; reset it afterwards
 * @throws ServerError when the connection breaks
 */
export async function loadRows(session: Session, script: Script): Promise<Loaded> {
  const tables = await readTables(session);
  await session.batch(`begin; ${AS_REPLICA}`);
  const targets = await insertedTables(session, script, tables);
  let current: Statement | undefined;
  let rows = 0;
  let reached = 0;
  try {
    for (const { name } of [...targets].reverse()) await session.query(`delete from only ${name}`);
    for (const statement of script.statements) {
      current = statement;
      rows += await run(session, statement);
      reached += 1;
    }
    current = undefined;
    // The file may have left the path empty, on which the operators of the keys' types are found.
    await session.query('set local search_path to default');
    const broken = await brokenKey(session, tables, targets);
    if (broken !== null) return refused(script, broken);
    await advanceSequences(session, targets);
    await session.query('commit');
    return { kind: 'loaded', rows };
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate === null) throw error;
    return current === undefined
      ? refused(script, error)
      : { kind: 'refused', error: placed(error, script, current), reached };
  } finally {
    // After the commit there is nothing to be taken back.
    await rollBackQuietly(session);
  }
}

/** @returns how many rows were inserted */
async function run(session: Session, statement: Statement): Promise<number> {
  const { type, tree, text } = statement;
  if (type === 'TransactionStmt' && /_(BEGIN|START|COMMIT)$/.test(String(tree['kind']))) return 0;
  if (type === 'VariableSetStmt') {
    await set(session, text);
    return 0;
  }
  const { rows } = await session.execute(text);
  return type === 'InsertStmt' ? (rows ?? 0) : 0;
}

const UNKNOWN_SETTING = '42704';

async function set(session: Session, text: string): Promise<void> {
  await session.query('savepoint "pivotal flow setting"');
  try {
    await session.query(text);
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate !== UNKNOWN_SETTING) throw error;
    await session.query('rollback to savepoint "pivotal flow setting"');
  }
}

/** A foreign key from or to one of the tables that does not hold, in words. */
async function brokenKey(
  session: Session,
  tables: readonly TableShape[],
  targets: readonly TableShape[],
): Promise<Pick<ScriptError, 'message' | 'sqlstate'> | null> {
  const concerned = new Set(targets.flatMap(({ oid, root }) => [oid, root]));
  const keys = tables.flatMap((table) =>
    table.foreignKeys
      .filter((key) => concerned.has(table.oid) || concerned.has(key.target))
      .map((key) => ({ table, key })),
  );
  if (keys.length === 0) return null;
  const found = await session.batch(keys.map(({ table, key }) => orphans(table, key)).join(';'));
  const at = found.findIndex((rows) => rows.length > 0);
  const broken = keys[at];
  if (broken === undefined) return null;
  const { table, key } = broken;
  const message = `rows of ${table.name} refer by ${key.name} to rows of ${key.targetName} that are not there`;
  return { message, sqlstate: '23503' };
}

/** A key that was never validated need not hold. */
function orphans({ oid, name }: TableShape, key: ForeignKeyShape): string {
  const own = key.columns.map((column) => `t.${quoteIdentifier(column)}`);
  const pairs = key.targetColumns.map((column, place) => `p.${quoteIdentifier(column)} = ${own[place]}`);
  return `select from only ${name} t where ${own.map((column) => `${column} is not null`).join(' and ')}
    and not exists (select from ${key.targetName} p where ${pairs.join(' and ')})
    and exists (select from pg_catalog.pg_constraint where conrelid = ${oid} and conname = ${quoteLiteral(key.name)} and convalidated) limit 1`;
}

/** Of the whole file, so that its beginning is the place. */
function refused(
  script: Script,
  error: Pick<ScriptError, 'message' | 'sqlstate'> & Partial<Pick<ScriptError, 'detail' | 'hint'>>,
): Loaded {
  const [first] = script.statements;
  return {
    kind: 'refused',
    reached: script.statements.length,
    error: {
      message: error.message,
      sqlstate: error.sqlstate,
      detail: error.detail ?? null,
      hint: error.hint ?? null,
      file: script.file,
      line: first?.line ?? 1,
      column: first?.column ?? 1,
      statement: first?.text ?? '',
    },
  };
}
