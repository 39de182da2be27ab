import { createHash } from 'node:crypto';
import type { Problem } from '../errors/problem.ts';
import { splitScript } from '../sql/split-script.ts';
import type { ParseNode, Statement } from '../sql/statement.ts';
import { clientPartsOf, copiesFromClient, psqlProblem, withoutParts } from './client-parts.ts';
import { insertsOf } from './copied-rows.ts';
import { headerOf } from './header.ts';
import type { Script } from './model.ts';
import { whyOutsideTransaction } from './outside-transaction.ts';
import type { ScriptOutcome } from './script.ts';
import { scriptTextOf } from './script-text.ts';
import { transactionProblems } from './transaction-control.ts';

/**
 * Turns the bytes of a file that brings rows into a script: SQL that changes rows and nothing else, or a dump as
 * `pg_dump --data-only` writes it. `COPY … FROM stdin` becomes INSERT statements that do the same. The parser must be loaded.
 * @param file path to show
 */
export function seedScriptOf(file: string, bytes: Buffer): Exclude<ScriptOutcome, { kind: 'absent' }> {
  const decoded = scriptTextOf(file, bytes);
  if (decoded.kind === 'unreadable') return decoded;
  const { text } = decoded;
  const parts = clientPartsOf(text);
  const split = splitScript(withoutParts(text, parts), false);
  const data = new Map(
    parts.flatMap((part) => (part.kind === 'copy' ? [[part.statementLine, part] as const] : [])),
  );
  const statements = split.statements.flatMap((statement) => {
    const part = data.get(statement.line);
    return copiesFromClient(statement) && part !== undefined ? insertsOf(statement, part) : [statement];
  });
  const script: Script = {
    file,
    text,
    checksum: createHash('sha256').update(bytes).digest('hex'),
    header: headerOf(text),
    statements,
    refusal: split.refusal,
    stash: null,
  };
  const problems = [
    ...parts.flatMap((part) =>
      part.kind === 'psql' && !WITHOUT_EFFECT.includes(part.word) ? [psqlProblem(file, part)] : [],
    ),
    ...split.statements.flatMap((statement) => statementProblem(file, statement)),
    ...transactionProblems(file, split.statements),
  ];
  return { kind: 'script', script, problems };
}

/** pg_dump writes these around a dump, against dumps that were tampered with; they change nothing. */
const WITHOUT_EFFECT: readonly string[] = ['\\restrict', '\\unrestrict'];

function statementProblem(file: string, statement: Statement): Problem[] {
  const { line, column } = statement;
  if (copiesFromClient(statement) && statement.tree['options'] !== undefined) {
    return [
      {
        code: 'copy-with-options',
        message: `${file} copies rows in another format than pg_dump's, which cannot be read`,
        fix: 'write them without options (FORMAT text), or as INSERT statements',
        file,
        line,
        column,
      },
    ];
  }
  const what = whyNotRows(statement);
  if (what === null) return [];
  return [
    {
      code: 'seed-not-rows',
      message: `${file} is to bring rows and nothing else, but ${what}`,
      fix: 'leave the schema to the migrations; pg_dump --data-only writes the rows alone',
      file,
      line,
      column,
    },
  ];
}

/** What a statement does that a file of rows may not do, in words; `null` when it may. What the parser refused is left to the server. */
function whyNotRows(statement: Statement): string | null {
  const { type, tree, text } = statement;
  if (type === null) return null;
  const allowed = ALLOWED[type];
  if (allowed === true || (typeof allowed === 'function' && allowed(tree)))
    return whyOutsideTransaction(statement);
  const words = text.split(/\s+/).slice(0, 2).join(' ');
  return `${words.toUpperCase()} … changes something else`;
}

/** Kinds of statements that change rows, settings of the session, or nothing. */
const ALLOWED: Readonly<Record<string, true | ((tree: ParseNode) => boolean)>> = {
  InsertStmt: true,
  UpdateStmt: true,
  DeleteStmt: true,
  MergeStmt: true,
  SelectStmt: true,
  TruncateStmt: true,
  CallStmt: true,
  DoStmt: true,
  VariableSetStmt: true,
  VariableShowStmt: true,
  ConstraintsSetStmt: true,
  TransactionStmt: true,
  LockStmt: true,
  PrepareStmt: true,
  ExecuteStmt: true,
  DeallocateStmt: true,
  RefreshMatViewStmt: true,
  VacuumStmt: true,
  CopyStmt: (tree) => tree['is_from'] === true,
  CreateStmt: (tree) => isTemporary(tree['relation']),
  CreateTableAsStmt: (tree) => isTemporary((tree['into'] as { readonly rel?: unknown } | undefined)?.rel),
  // As `pg_dump --disable-triggers` does.
  AlterTableStmt: ({ cmds }) =>
    ((cmds ?? []) as readonly { AlterTableCmd?: { subtype?: string } }[]).every((command) =>
      /^AT_(?:En|Dis)ableTrig/.test(command.AlterTableCmd?.subtype ?? ''),
    ),
};

function isTemporary(relation: unknown): boolean {
  return (relation as { readonly relpersistence?: string } | undefined)?.relpersistence === 't';
}
