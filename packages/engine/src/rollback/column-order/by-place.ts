import { scanSql, type Token } from '../../sql/parser.ts';
import { unquotedPart } from '../../sql/qualified-name.ts';

/** What is asked of the text of a function. */
export interface PlaceQuestion {
  /** Its name without the schema and without quotes: in whose schema the text finds it hangs on who calls. */
  readonly table: string;
  /** Whether triggers of the table call the function, so that NEW and OLD are its rows. */
  readonly isFired: boolean;
  readonly isPlpgsql: boolean;
  /** What its last query, or RETURN QUERY, has to be like. */
  readonly gives: 'row-of-table' | 'columns' | 'nothing';
}

/**
 * Whether a text in SQL or PL/pgSQL counts on columns of a table standing in their order. When in doubt it does: a text that
 * cannot be scanned, or a `*` beside the table whose columns may be another one's. Strings are taken for further statements.
 * The parser must be loaded.
 */
export function goesByPlace(text: string, question: PlaceQuestion): boolean {
  const tokens = scanSql(text);
  if (tokens === null) return text.toLowerCase().includes(question.table.toLowerCase());
  const inner = tokens.filter(({ name }) => name === 'SCONST').map(({ text: string }) => stringOf(string));
  const statements = statementsOf(tokens);
  const typed = variablesOf(statements, question);
  return (
    statements.some((words, place) => {
      const isReturning = question.isPlpgsql
        ? words.join(' ').startsWith('return query')
        : place === statements.length - 1;
      return isByPlace(words, question, typed) || (isReturning && isGivenByPlace(words, question));
    }) || inner.some((string) => goesByPlace(string, { ...question, gives: 'nothing' }))
  );
}

function stringOf(text: string): string {
  return text.replace(/^[^']*'|'$/g, '').replaceAll("''", "'");
}

const ENDS: ReadonlySet<string> = new Set([';', 'then', 'loop', 'else', 'begin', 'declare']);

/** THEN and ELSE are part of these. */
const HAVE_THEN: readonly string[] = ['merge', 'case'];

function statementsOf(tokens: readonly Token[]): string[][] {
  const statements: string[][] = [[]];
  for (const { text } of tokens) {
    const word = text.startsWith('"') ? unquotedPart(text) : text.toLowerCase();
    const statement = statements.at(-1) ?? [];
    const goesOn = (word === 'then' || word === 'else') && HAVE_THEN.some((one) => statement.includes(one));
    if (goesOn || !ENDS.has(word)) statement.push(word);
    else if (statement.length > 0) statements.push([]);
  }
  return statements.filter(({ length }) => length > 0);
}

/** Variables that are rows of the table: `found quotes%ROWTYPE`, `found quotes`. */
function variablesOf(statements: readonly (readonly string[])[], { table }: PlaceQuestion): Set<string> {
  return new Set(
    statements.flatMap(([variable = '', ...type]) => {
      const [first, dot, second] = type;
      const name = dot === '.' ? second : first;
      const more = type.slice(dot === '.' ? 3 : 1);
      const isRow = more.length === 0 || (more[0] === '%' && more[1] === 'rowtype') || more[0] === ':=';
      return name === table && isRow ? [variable] : [];
    }),
  );
}

function isByPlace(words: readonly string[], question: PlaceQuestion, rows: ReadonlySet<string>): boolean {
  const { table } = question;
  const places = words.flatMap((word, place) => (word === table ? [place] : []));
  const hasStar = hasStarOf(words, question, places.length > 0);
  const targets = targetsOf(words);
  if (places.some((place) => isWrittenWithoutList(words, place) || isCastToRow(words, place))) return true;
  if (hasStar && (words.includes('insert') || targets.length > 1)) return true;
  if (hasStar && ['union', 'intersect', 'except'].some((word) => words.includes(word))) return true;
  return !hasStar && words.includes('select') && targets.some((target) => rows.has(target));
}

/** `INSERT INTO table VALUES`, `COPY table FROM`, `MERGE INTO table … INSERT VALUES`. */
function isWrittenWithoutList(words: readonly string[], place: number): boolean {
  const start = words[place - 1] === '.' ? place - 2 : place;
  const before = words[start - 1];
  if (before === 'copy') return words[place + 1] !== '(';
  if (before !== 'into') return false;
  if (words[start - 2] === 'merge')
    return words.some((word, at) => word === 'insert' && words[at + 1] !== '(');
  if (words[start - 2] !== 'insert') return false;
  const next = words[place + 1] === 'as' ? place + 3 : place + 1;
  if (words[next] === 'default') return false;
  return words[next] !== '(' || ['select', 'values', 'with', 'table', '('].includes(words[next + 1] ?? '');
}

/** `ROW(…)::table`, `CAST (ROW(…) AS table)`; NULL and a variable become a row without an order. */
function isCastToRow(words: readonly string[], place: number): boolean {
  const start = words[place - 1] === '.' ? place - 2 : place;
  if (words[start - 1] === '::') return words[start - 2] === ')';
  return words[start - 1] === 'as' && words[start - 2] === ')' && words.includes('cast');
}

/** A `*` that stands for columns of the table, as far as can be seen. */
function hasStarOf(words: readonly string[], { isFired }: PlaceQuestion, isNamed: boolean): boolean {
  return words.some((word, place) => {
    if (word !== '*') return false;
    const before = words[place - 1] ?? '';
    if (before !== '.') return isNamed && ['select', 'distinct', 'all', ',', 'returning'].includes(before);
    if (isArgument(words, place)) return false;
    const whose = words[place - 2] ?? '';
    return isNamed || (isFired && ['new', 'old', ')'].includes(whose));
  });
}

/** `to_jsonb(t.*)` takes the row as one value. */
function isArgument(words: readonly string[], star: number): boolean {
  const isAlone = words[star - 3] === '(' && words[star + 1] === ')';
  return isAlone && /^[\p{L}_]/u.test(words[star - 4] ?? '') && !CLAUSES.has(words[star - 4] ?? '');
}

const CLAUSES: ReadonlySet<string> = new Set(['values', 'row', 'select', 'into', 'from', 'in', 'returning']);

/** Variables between INTO and what follows, other than the table of an INSERT. */
function targetsOf(words: readonly string[]): string[] {
  const into = words.findIndex(
    (word, at) => word === 'into' && !['insert', 'merge'].includes(words[at - 1] ?? ''),
  );
  if (into < 0) return [];
  const targets: string[] = [];
  let at = into + (words[into + 1] === 'strict' ? 2 : 1);
  for (let word = words[at]; word !== undefined; word = words[at]) {
    targets.push(word);
    at += words[at + 1] === '.' ? 3 : 1;
    if (words[at] !== ',') break;
    at += 1;
  }
  return targets;
}

/** A list that becomes a row of the table, or columns of the table that become a row of something else. */
function isGivenByPlace(words: readonly string[], question: PlaceQuestion): boolean {
  const isNamed = words.includes(question.table);
  const hasStar = hasStarOf(words, question, isNamed);
  if (question.gives === 'nothing') return false;
  if (question.gives === 'columns') return hasStar;
  return !hasStar && words.includes('select') && words.includes(',');
}
