import type { MigrationReport } from '@pivotal-flow/engine';
import { hang, oneLine } from '../fit.ts';
import type { View } from './view.ts';

type Step = MigrationReport['steps'][number];
type ScriptError = NonNullable<Step['error']>;

/** What a failing step means. */
const FAILURES: Readonly<Partial<Record<Step['name'], string>>> = {
  apply: 'the forward script fails',
  rollback: 'the rollback fails',
  reapply: 'the forward script fails when it is applied again after the rollback',
  seed: "rows of the team's own could not be brought in",
  'apply-own': "the forward script fails on the team's own rows",
  verify: 'an assertion does not hold after the forward script',
  'verify-rollback': 'an assertion does not hold after the rollback',
  'verify-reapply': 'an assertion does not hold after the forward script was applied again',
  descend: 'the rollback fails on the way from the tip down to the base',
  ascend: 'the forward script fails on the way up again',
};

/** Steps that run on empty tables as well. */
const ON_EMPTY_TABLES: readonly Step['name'][] = ['apply', 'rollback', 'reapply'];

/** Lines of the script that are shown before the one that failed. */
const LINES_BEFORE = 2;

/** Lines of the statement that are shown after its first. */
const LINES_AFTER = 4;

/** These are told as notices. */
export function isHarmless({ name, withRows }: Step): boolean {
  return name === 'rollback-again' || name.startsWith('life:') || (name === 'apply' && withRows);
}

/** An assertion that does not hold after the forward script does not hold when it is applied again either. */
export function isToldAlready({ name, error }: Step, steps: readonly Step[]): boolean {
  const first = steps.find((step) => step.name === 'verify')?.error;
  return name === 'verify-reapply' && first?.file === error?.file && first?.line === error?.line;
}

/** A failure on the user's own file: the place, the lines with a mark under the column, and what the server said. */
export function failedStep(step: Step, error: ScriptError, view: View): string[] {
  const { colours, columns } = view;
  const { message, sqlstate, detail, hint } = error;
  return [
    `  ${FAILURES[step.name]}${step.withRows && ON_EMPTY_TABLES.includes(step.name) ? ', once tables hold rows' : ''}`,
    `  ${colours.cyan(`${error.file}:${error.line}:${error.column}`)}`,
    ...excerpt(error, view),
    ...labelled(sqlstate === null ? 'error' : `error ${sqlstate}`, message, columns).map((line, index) =>
      index === 0 ? line.replace('error', colours.red('error')) : line,
    ),
    ...(detail === null ? [] : labelled('detail', detail, columns)),
    ...(hint === null ? [] : labelled('hint', hint, columns)),
  ];
}

/** The server's own lines are kept: a detail lists one dependent object in each. */
function labelled(label: string, text: string, columns: number): string[] {
  const first = `    ${label}: `;
  return text
    .split('\n')
    .flatMap((line, index) => hang(index === 0 ? first : ' '.repeat(first.length), oneLine(line), columns));
}

function excerpt({ file, line, column, statement }: ScriptError, view: View): string[] {
  const { colours, columns } = view;
  const script = view.sources.get(file)?.split(/\r?\n/) ?? null;
  const own = statement.split(/\r?\n/);
  const failing = script?.[line - 1] ?? own[0] ?? '';
  const before = script?.slice(Math.max(0, line - 1 - LINES_BEFORE), line - 1) ?? [];
  // Where the server names no place in the statement, it is the statement's beginning; the rest of it helps.
  const atStart = [...failing]
    .slice(column - 1)
    .join('')
    .startsWith(own[0] ?? '');
  const after = atStart ? own.slice(1, 1 + LINES_AFTER) : [];
  const gutter = String(line + after.length).length;
  const room = Math.max(20, columns - gutter - 9);
  const window = around(failing, column, room);
  const numbered = (text: string, number: number): string =>
    colours.dim(`      ${String(number).padStart(gutter)} │ ${cut(printable(text), room)}`);
  return [
    ...before.map((text, index) => numbered(text, line - before.length + index)),
    `    ${colours.red('>')} ${String(line).padStart(gutter)} │ ${window.text}`,
    `      ${' '.repeat(gutter)} │ ${' '.repeat(window.column - 1)}${colours.red('^')}`,
    ...after.map((text, index) => numbered(text, line + 1 + index)),
  ];
}

/** The part of a line around a column, and where the column is in it; both 1-based. */
function around(text: string, column: number, room: number): { text: string; column: number } {
  const letters = [...printable(text)];
  if (letters.length <= room) return { text: letters.join(''), column: Math.min(column, letters.length + 1) };
  const from = Math.max(0, Math.min(column - Math.ceil(room / 2), letters.length - room));
  const part = letters.slice(from, from + room);
  if (from > 0) part[0] = '…';
  if (from + room < letters.length) part[room - 1] = '…';
  return { text: part.join(''), column: column - from };
}

function cut(text: string, room: number): string {
  const letters = [...text];
  return letters.length <= room ? text : `${letters.slice(0, room - 1).join('')}…`;
}

/** A tab is one column of the file; so it has to be one column here. */
function printable(text: string): string {
  return text.replaceAll('\t', ' ').replace(/\p{Cc}/gu, '\ufffd');
}
