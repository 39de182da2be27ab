import { scanSql } from '../sql/parser.ts';
import type { ParseNode, Statement } from '../sql/statement.ts';
import { bodyOf } from './statement-body.ts';

/**
 * Why PostgreSQL refuses a statement inside a transaction block, or `null` where it does not.
 *
 * The list is that of the callers of `PreventInTransactionBlock` in PostgreSQL's sources, as far as the
 * statement alone tells. Not to be seen from it, and therefore `null`: `REINDEX` and `CLUSTER` of a
 * partitioned table, and a procedure that commits.
 */
export function whyOutsideTransaction(statement: Statement): string | null {
  if (statement.type === null) return null;
  const what = REFUSED[statement.type]?.(statement.tree) ?? null;
  return what === null ? null : `${what} cannot run inside a transaction block`;
}

const REFUSED: Readonly<Record<string, (tree: ParseNode) => string | null>> = {
  IndexStmt: (tree) => (tree['concurrent'] === true ? 'CREATE INDEX CONCURRENTLY' : null),
  DropStmt: (tree) => (tree['concurrent'] === true ? 'DROP INDEX CONCURRENTLY' : null),
  ReindexStmt: reindex,
  AlterTableStmt: detach,
  VacuumStmt: (tree) => (tree['is_vacuumcmd'] === true ? 'VACUUM' : null),
  ClusterStmt: (tree) => (tree['relation'] === undefined ? 'CLUSTER of all tables' : null),
  CreatedbStmt: () => 'CREATE DATABASE',
  DropdbStmt: () => 'DROP DATABASE',
  AlterDatabaseStmt: (tree) =>
    option(tree['options'], 'tablespace') === null ? null : 'ALTER DATABASE … SET TABLESPACE',
  CreateTableSpaceStmt: () => 'CREATE TABLESPACE',
  DropTableSpaceStmt: () => 'DROP TABLESPACE',
  AlterSystemStmt: () => 'ALTER SYSTEM',
  CreateSubscriptionStmt: createSubscription,
  AlterSubscriptionStmt: alterSubscription,
  DropSubscriptionStmt: () => 'DROP SUBSCRIPTION',
  DiscardStmt: (tree) => (tree['target'] === 'DISCARD_ALL' ? 'DISCARD ALL' : null),
  DoStmt: (tree) => (commits(bodyOf(tree)) ? 'a DO block that commits or rolls back' : null),
};

const REINDEX_OF_MANY: Readonly<Record<string, string>> = {
  REINDEX_OBJECT_SCHEMA: 'REINDEX SCHEMA',
  REINDEX_OBJECT_DATABASE: 'REINDEX DATABASE',
  REINDEX_OBJECT_SYSTEM: 'REINDEX SYSTEM',
};

function reindex(tree: ParseNode): string | null {
  const many = REINDEX_OF_MANY[String(tree['kind'])];
  return many ?? (isOn(option(tree['params'], 'concurrently')) ? 'REINDEX CONCURRENTLY' : null);
}

function detach(tree: ParseNode): string | null {
  const commands = (tree['cmds'] ?? []) as { AlterTableCmd?: { def?: { PartitionCmd?: ParseNode } } }[];
  const concurrently = commands.some(
    (command) => command.AlterTableCmd?.def?.PartitionCmd?.['concurrent'] === true,
  );
  return concurrently ? 'ALTER TABLE … DETACH PARTITION CONCURRENTLY' : null;
}

/** Only with a slot, which `connect = false` does without unless told otherwise. */
function createSubscription(tree: ParseNode): string | null {
  const connect = option(tree['options'], 'connect');
  const slot = option(tree['options'], 'create_slot') ?? connect;
  return slot === null || isOn(slot) ? 'CREATE SUBSCRIPTION with a replication slot' : null;
}

function alterSubscription(tree: ParseNode): string | null {
  const refresh = option(tree['options'], 'refresh');
  switch (tree['kind']) {
    case 'ALTER_SUBSCRIPTION_REFRESH':
      return 'ALTER SUBSCRIPTION … REFRESH';
    case 'ALTER_SUBSCRIPTION_SET_PUBLICATION':
    case 'ALTER_SUBSCRIPTION_ADD_PUBLICATION':
    case 'ALTER_SUBSCRIPTION_DROP_PUBLICATION':
      return refresh === null || isOn(refresh) ? 'ALTER SUBSCRIPTION with a refresh' : null;
    case 'ALTER_SUBSCRIPTION_OPTIONS':
      return (option(tree['options'], 'failover') ?? option(tree['options'], 'two_phase'))
        ? 'ALTER SUBSCRIPTION … SET (failover or two_phase)'
        : null;
    default:
      return null;
  }
}

interface Option {
  /** As written; `null` where the option stands without a value, which means on. */
  readonly value: string | null;
}

function option(list: unknown, name: string): Option | null {
  const elements = (list ?? []) as { DefElem?: { defname?: string; arg?: OptionValue } }[];
  const element = elements.find((candidate) => candidate.DefElem?.defname === name)?.DefElem;
  if (element === undefined) return null;
  return { value: element.arg === undefined ? null : textOf(element.arg) };
}

/** A bare word such as `off` is a type name to the parser; numbers and booleans leave out 0 and false. */
interface OptionValue {
  readonly String?: { readonly sval?: string };
  readonly TypeName?: { readonly names?: readonly OptionValue[] };
  readonly Integer?: { readonly ival?: number };
  readonly Boolean?: { readonly boolval?: boolean };
}

function textOf(value: OptionValue): string {
  if (value.TypeName !== undefined) return value.TypeName.names?.map(textOf).at(-1) ?? '';
  return String(value.String?.sval ?? value.Boolean?.boolval ?? value.Integer?.ival ?? 0);
}

/** As PostgreSQL's `defGetBoolean` reads it. */
function isOn(given: Option | null): boolean {
  return given !== null && !['false', 'off', '0'].includes((given.value ?? 'true').toLowerCase());
}

/** `COMMIT` or `ROLLBACK` as a statement of PL/pgSQL: manual 41.8, "Transaction Management". */
function commits(body: string | null): boolean {
  const tokens = body === null ? null : scanSql(body);
  return (tokens ?? []).some((token, index) => {
    const next = tokens?.[index + 1]?.text.toLowerCase();
    return /^(?:commit|rollback)$/i.test(token.text) && (next === ';' || next === 'and');
  });
}
