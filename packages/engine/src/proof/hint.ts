import type { CatalogObject, Kind } from '../catalog/model.ts';
import type { Change, Equality } from '../diff/change.ts';
import { subjectOf } from '../diff/compare-snapshots.ts';
import type { Migration, Script } from '../migrations/model.ts';
import type { ScriptRun, StatementRun } from '../replay/run-script.ts';
import { removalOf } from '../rollback/removal.ts';
import type { Statement } from '../sql/statement.ts';
import type { ComparedStep } from './step.ts';

/** One thing that a rollback (or a second application) left different, without where it comes from. */
export interface Told {
  readonly kind: Kind;
  readonly name: string;
  readonly table: string | null;
  readonly change: 'extra' | 'missing' | 'different';
  /** Which property differs; `null` where the whole object is extra or missing. */
  readonly attribute: string | null;
  /** As it should be; `null` for nothing. */
  readonly before: string | null;
  /** As it is; `null` for nothing. */
  readonly after: string | null;
  /** How bad this one is by itself. */
  readonly equality: Equality;
}

/** What is needed to say where a leftover comes from. */
export interface LeftoverOrigin {
  readonly step: ComparedStep;
  readonly migration: Migration;
  /** The run of the rollback, for what the server said while it ran. */
  readonly rollbackRun: ScriptRun | null;
}

/** What to do about a leftover, and the line that it concerns. */
export interface Hint {
  /** Where it comes from. */
  readonly text: string;
  /** What to do: a statement to add where there is one, otherwise a sentence. */
  readonly remedy: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

/**
 * Says where a leftover comes from: the line of the rollback that should have dealt with it, or the line of
 * the forward script that the rollback has no answer to.
 */
export function hintFor(change: Change, told: Told, origin: LeftoverOrigin): Hint {
  const { migration, rollbackRun } = origin;
  const object = subjectOf(change);
  if (origin.step === 'reapply' || origin.step === 'ascend')
    return afterReapplying(object, migration.forward, migration.rollback);
  const culprit = skippedLine(rollbackRun, object) ?? bestLine(migration.rollback, object);
  const cause = bestLine(migration.forward, object);
  const remedy = remedyFor(change, told);
  if (culprit !== null) {
    const line = culprit.statement.line;
    return {
      text: culprit.why ?? `line ${line} of the rollback does not restore it`,
      remedy,
      file: migration.rollbackFile,
      line,
    };
  }
  if (cause !== null) {
    const line = cause.statement.line;
    const what = `line ${line} of the forward script made this change and no line of the rollback takes it back`;
    return { text: what, remedy, file: migration.forward.file, line };
  }
  return { text: 'no line of the rollback mentions it', remedy, file: migration.rollbackFile, line: null };
}

interface Culprit {
  readonly statement: Statement;
  readonly why: string | null;
}

function afterReapplying(object: CatalogObject, forward: Script, rollback: Script | null): Hint {
  const culprit = bestLine(forward, object);
  const line = culprit?.statement.line ?? null;
  const place = line === null ? 'the forward script' : `line ${line} of the forward script`;
  const because =
    rollback === null ? '' : '; what the rollback left behind, or an IF NOT EXISTS, is the usual cause';
  return {
    text: `${place} has another effect when it is applied again${because}`,
    remedy: null,
    file: forward.file,
    line,
  };
}

/** A statement of the rollback about which the server said that it did nothing. */
function skippedLine(run: ScriptRun | null, object: CatalogObject): Culprit | null {
  const about = (statement: StatementRun) =>
    statement.notices.find(
      (notice) => /skipping/.test(notice.message) && mentions(notice.message, bareName(object)),
    );
  const skipped = run?.statements.find((statement) => about(statement) !== undefined);
  const notice = skipped === undefined ? undefined : about(skipped);
  if (skipped === undefined || notice === undefined) return null;
  return {
    statement: skipped.statement,
    why: `line ${skipped.statement.line} of the rollback did nothing: ${notice.message}`,
  };
}

/** The statement that names the object, and its table where it has one; without the object's name, none. */
function bestLine(script: Script | null, object: CatalogObject): Culprit | null {
  const naming = (script?.statements ?? []).filter((statement) => mentions(statement.text, bareName(object)));
  const table = object.table === null ? null : lastPart(object.table);
  const best = naming.find((statement) => table === null || mentions(statement.text, table)) ?? naming[0];
  return best === undefined ? null : { statement: best, why: null };
}

function remedyFor(change: Change, told: Told): string | null {
  switch (change.change) {
    case 'extra':
      return removalOf(change.object);
    case 'missing':
      return 'make it again as it was';
    case 'reordered':
      return 'pivotal-flow synthesize --column-order exact writes what brings the order back, by a rewrite of the table';
    case 'renamed':
      return `rename it back to ${change.before.name}`;
    case 'exchanged':
      return 'rename both back, through a third name';
    case 'different':
      if (told.kind === 'enum' && told.attribute === 'labels') return labelsRemedy(told.name);
      if (told.attribute === 'local' && told.before === 'false') return ownMarkRemedy(told);
      return `set its ${told.attribute} back to ${told.before ?? 'nothing'}`;
  }
}

/** PostgreSQL manual, ALTER TYPE: "it is not possible to remove" a label, nor to change the order. */
function labelsRemedy(name: string): string {
  return `labels cannot be dropped: make the type anew without them, or declare it: -- Accepts residual: enum ${name}, reason`;
}

/** INHERIT does not take back what NO INHERIT left behind (PostgreSQL 15 and 18, measured). */
function ownMarkRemedy({ kind, name }: Told): string {
  return `it stays marked as the table's own, which only making the table anew takes back; or declare it: -- Accepts residual: ${kind} ${name}, reason`;
}

function mentions(text: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${escaped}(?![\\p{L}\\p{N}_$])`, 'iu').test(text);
}

/** The object's own name without schema, table, arguments and quotes. */
function bareName(object: CatalogObject): string {
  const parts = object.name.match(NAME_PARTS) ?? [object.name];
  // `schema.table.column`, `schema.function(types)`, `constraint on schema.table`: the last part of the first name.
  const end = parts.findIndex((part) => part === ' ' || part === '(');
  return unquoted(parts.slice(0, end === -1 ? undefined : end).at(-1) ?? object.name);
}

/** Quoted names whole, other names, and what stands between them. */
const NAME_PARTS = /"(?:[^"]|"")*"|[^".\s(]+|[.(]|\s/g;

function lastPart(name: string): string {
  return unquoted((name.match(NAME_PARTS) ?? [name]).at(-1) ?? name);
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}
