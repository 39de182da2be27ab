import { createHash } from 'node:crypto';
import type { Statement } from '../../src/sql/statement.ts';
import type { BaseCatalog, BaseTable } from './base-catalog.ts';

/** One systematic way to spoil a rollback, at one place of it. */
export interface Damage {
  /** Where, or with which object; tells the damages of one kind apart. */
  readonly site: string;
  /** The whole damaged rollback script. */
  readonly script: string;
}

/** What damages are made from. */
export interface DamageSite {
  /** Name of the pair. */
  readonly pair: string;
  readonly forward: readonly Statement[];
  readonly rollback: readonly Statement[];
  /** The schema before the migration. */
  readonly base: BaseCatalog;
}

/** A way to spoil rollbacks; gives none for a pair to which it does not apply. */
export type DamageKind = (site: DamageSite) => readonly Damage[];

/** Statements as one script. */
export function scriptText(statements: readonly string[]): string {
  return statements.map((text) => `${text};\n`).join('');
}

/** The statements of a script as they are written. */
export function textsOf(statements: readonly Statement[]): string[] {
  return statements.map(({ text }) => text);
}

/** A rollback that does something more in the end. */
export function appended({ rollback }: DamageSite, site: string, ...statements: string[]): Damage {
  return { site, script: scriptText([...textsOf(rollback), ...statements]) };
}

/** A rollback that does something else first. */
export function prepended({ rollback }: DamageSite, site: string, ...statements: string[]): Damage {
  return { site, script: scriptText([...statements, ...textsOf(rollback)]) };
}

/**
 * At most two of the things that a kind of damage could be done to: one of a table that the scripts name, and one of
 * another. Which ones hangs on the pair's name alone.
 */
export function inTwoTables<T>(
  { pair, forward, rollback, base }: DamageSite,
  thingsOf: (table: BaseTable) => readonly T[],
): { readonly table: BaseTable; readonly thing: T }[] {
  const text = [...textsOf(forward), ...textsOf(rollback)].join('\n');
  const found = base.tables.flatMap((table) => thingsOf(table).map((thing) => ({ table, thing })));
  const named = found.filter(({ table }) => text.includes(table.plainName));
  const others = found.filter((one) => !named.includes(one));
  const turn = numberOf(pair);
  return [named, others].flatMap((some) => some[turn % Math.max(1, some.length)] ?? []);
}

/** A number that hangs on a name alone, for choosing some of many. */
export function numberOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0);
}
