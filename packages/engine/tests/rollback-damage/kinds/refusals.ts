import { quoteIdentifier } from '../../../src/sql/quote.ts';
import type { ParseNode, Statement } from '../../../src/sql/statement.ts';
import { type Damage, type DamageKind, scriptText, textsOf } from '../damage.ts';

/** Where the rollback would refuse rows that were written since, the damaged one makes them fit, or go. */
export const REFUSAL_DAMAGES = {
  'longer values cut by a cast': ({ rollback }) =>
    changedCommands(rollback, 'AT_AlterColumnType', ({ text, command }) => {
      const [, type] = /\btype\s+((?:(?!\busing\b).)+)$/is.exec(text) ?? [];
      const column = quoteIdentifier(String(command['name']));
      return type === undefined ? null : [`${text} using ${column}::text::${type}`];
    }),

  'rows with null deleted': ({ rollback }) =>
    changedCommands(rollback, 'AT_SetNotNull', ({ text, table, command }) => [
      `delete from ${table} where ${quoteIdentifier(String(command['name']))} is null`,
      text,
    ]),

  'rows that do not meet a check deleted': ({ rollback }) =>
    changedCommands(rollback, 'AT_AddConstraint', ({ text, table }) => {
      const [, condition] = /\bcheck\s*(\(.*\))/is.exec(text) ?? [];
      return condition === undefined ? null : [`delete from ${table} where not ${condition}`, text];
    }),

  'rows without a counterpart deleted': ({ rollback, base }) =>
    changedCommands(rollback, 'AT_AddConstraint', ({ text, table, command }) => {
      const { fk_attrs: own, pk_attrs: theirs, pktable } = constraintOf(command);
      if (pktable === undefined) return null;
      const { relname } = pktable as ParseNode;
      const key = base.tables
        .find(({ plainName }) => plainName === relname)
        ?.columns.filter(({ inKey }) => inKey);
      const [column] = namesOf(own);
      const target = namesOf(theirs)[0] ?? key?.[0]?.name;
      if (column === undefined || target === undefined) return null;
      const other = nameOf(pktable as ParseNode);
      return [`delete from ${table} where ${column} not in (select ${target} from ${other})`, text];
    }),

  'duplicates deleted': ({ rollback }) =>
    changedCommands(rollback, 'AT_AddConstraint', ({ text, table, command }) => {
      const { contype, keys } = constraintOf(command);
      const columns = namesOf(keys);
      if (contype !== 'CONSTR_UNIQUE' || columns.length === 0) return null;
      const equal = columns.map((name) => `a.${name} = b.${name}`).join(' and ');
      return [`delete from ${table} a using ${table} b where a.ctid > b.ctid and ${equal}`, text];
    }),
} satisfies Record<string, DamageKind>;

interface Place {
  readonly text: string;
  readonly table: string;
  readonly command: ParseNode;
}

/** Statements with one command of a kind, each replaced alone. */
function changedCommands(
  rollback: readonly Statement[],
  subtype: string,
  change: (place: Place) => string[] | null,
): Damage[] {
  return rollback.flatMap(({ text, type, tree }, index) => {
    const [first, ...others] = (tree['cmds'] ?? []) as readonly { AlterTableCmd?: ParseNode }[];
    const command = first?.AlterTableCmd;
    if (type !== 'AlterTableStmt' || others.length > 0 || command?.['subtype'] !== subtype) return [];
    const changed = change({ text, command, table: nameOf((tree['relation'] ?? {}) as ParseNode) });
    if (changed === null) return [];
    return [
      { site: String(index + 1), script: scriptText(textsOf(rollback).toSpliced(index, 1, ...changed)) },
    ];
  });
}

function constraintOf(command: ParseNode): ParseNode {
  return ((command['def'] ?? {}) as { Constraint?: ParseNode }).Constraint ?? {};
}

function nameOf({ schemaname, relname }: ParseNode): string {
  return [schemaname, relname]
    .filter((part) => typeof part === 'string')
    .map(quoteIdentifier)
    .join('.');
}

function namesOf(list: unknown): string[] {
  const items = (list ?? []) as readonly { String?: { sval?: string } }[];
  return items.flatMap(({ String: text }) => (text?.sval === undefined ? [] : [quoteIdentifier(text.sval)]));
}
