import type { Problem } from '../errors/problem.ts';
import { type SplitScript, splitScript } from '../sql/split-script.ts';
import type { Statement } from '../sql/statement.ts';
import type { Script } from './model.ts';

/** What only `psql` understands, and the statements that are left without it. */
export interface ClientCommands {
  readonly problems: readonly Problem[];
  readonly statements: readonly Statement[];
}

/**
 * Finds what only `psql` understands: its commands (`\connect`, `\i` …) and `COPY … FROM stdin` with its
 * data. Both stop PostgreSQL's parser, so they are looked for only where it stopped, never in a string or
 * a function body. What is found is blanked out and the rest parsed again, so that all are reported.
 *
 * @param script the script as it was read
 * @param breakpoints as in {@link splitScript}
 */
export function clientCommandsIn(
  script: Pick<Script, 'file' | 'text' | 'statements' | 'refusal'>,
  breakpoints: boolean,
): ClientCommands {
  const { file } = script;
  const problems: Problem[] = [];
  let rest = script.text;
  let current: SplitScript = script;
  for (let found = firstRefused(rest, current); found !== null; found = firstRefused(rest, current)) {
    const line = lineAt(rest, found.from);
    problems.push(found.kind === 'copy' ? copyProblem(file, line) : psqlProblem(file, line, found.word));
    rest = rest.slice(0, found.from) + blank(rest.slice(found.from, found.to)) + rest.slice(found.to);
    current = splitScript(rest, breakpoints);
  }
  for (const statement of current.statements) {
    if (copiesFromClient(statement)) problems.push(copyProblem(file, statement.line));
  }
  return { problems, statements: current.statements };
}

type Refused =
  | { readonly kind: 'psql'; readonly word: string; readonly from: number; readonly to: number }
  | { readonly kind: 'copy'; readonly from: number; readonly to: number };

function firstRefused(text: string, split: SplitScript): Refused | null {
  if (split.refusal === null) return null;
  const stop = offsetOf(text, split.refusal.line, split.refusal.column);
  return psqlCommandAt(text, stop) ?? copyBefore(text, stop);
}

/** A backslash is no SQL outside of strings: where the parser stops at one, it begins a command of psql. */
function psqlCommandAt(text: string, stop: number): Refused | null {
  const command = /^\\(?:[A-Za-z!?]\w*|\.)?/.exec(text.slice(stop, stop + 64));
  if (command === null || command[0] === '\\.') return null;
  const end = text.indexOf('\n', stop);
  return { kind: 'psql', word: command[0], from: stop, to: end === -1 ? text.length : end };
}

const COPY_FROM_STDIN = /^[ \t]*copy\b[^;]*?\bfrom\s+stdin\b[^;]*;/gim;

/** The data ends at a line with `\.` alone: PostgreSQL manual, COPY, "Text Format". */
function copyBefore(text: string, stop: number): Refused | null {
  const copy = [...text.slice(0, stop).matchAll(COPY_FROM_STDIN)].at(-1);
  if (copy === undefined) return null;
  const from = copy.index + (copy[0].length - copy[0].trimStart().length);
  const terminator = /^\\\.[ \t]*\r?$/m.exec(text.slice(copy.index));
  return { kind: 'copy', from, to: terminator === null ? text.length : copy.index + terminator.index + 2 };
}

/** `COPY t FROM stdin` without data still makes the server wait for it. */
function copiesFromClient(statement: Statement): boolean {
  const { is_from: isFrom, filename, is_program: isProgram } = statement.tree;
  return statement.type === 'CopyStmt' && isFrom === true && filename === undefined && isProgram !== true;
}

function psqlProblem(file: string, line: number, word: string): Problem {
  return {
    code: 'psql-command',
    message: `${file} holds the psql command ${word}, which PostgreSQL itself does not understand`,
    fix: 'Remove the line, or write what it does as SQL: a migration runs without psql',
    file,
    line,
  };
}

function copyProblem(file: string, line: number): Problem {
  return {
    code: 'copy-from-stdin',
    message: `${file} copies data from the client (COPY … FROM stdin), which a migration cannot do without psql`,
    fix: 'Write the rows as INSERT statements (pg_dump --inserts writes them so)',
    file,
    line,
  };
}

/** Line ends stay, so that lines after it keep their numbers. */
function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}
