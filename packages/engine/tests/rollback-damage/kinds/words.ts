import { parseSql } from '../../../src/sql/parser.ts';
import type { ParseNode, Statement } from '../../../src/sql/statement.ts';
import { type Damage, type DamageKind, scriptText, textsOf } from '../damage.ts';

/** Damages inside of a statement of the rollback, at places that its parse tree names. */
export const WORD_DAMAGES = {
  'literal changed': ({ rollback }) => editedEach(rollback, 'A_Const', otherLiteral),

  'type narrowed in a statement': ({ rollback }) => editedEach(rollback, 'TypeName', narrowerType),

  'wrong name': ({ rollback }) =>
    replacedEach(rollback, ({ text, tree }) => {
      const name = tree['newname'] ?? tree['idxname'] ?? tree['trigname'] ?? tree['policy_name'];
      const at = typeof name === 'string' ? text.indexOf(name) : -1;
      if (typeof name !== 'string' || at === -1) return null;
      const last = tree['newname'] === undefined ? at : text.lastIndexOf(name);
      return `${text.slice(0, last)}${name}_x${text.slice(last + name.length)}`;
    }),

  'condition forgotten': ({ rollback }) =>
    replacedEach(rollback, ({ text, type }) =>
      type === 'UpdateStmt' || type === 'DeleteStmt'
        ? text.replace(/\s+where\s[^()]*(\([^()]*\)[^()]*)*$/is, '')
        : null,
    ),

  'cascade added': ({ rollback }) =>
    replacedEach(rollback, ({ text, type, tree }) =>
      type === 'DropStmt' && tree['behavior'] === 'DROP_RESTRICT' ? `${text} cascade` : null,
    ),

  'if exists added': ({ rollback }) =>
    replacedEach(rollback, ({ text, type, tree }) => {
      if (type !== 'DropStmt' || tree['missing_ok'] === true) return null;
      const changed = text.replace(DROPPED, '$& if exists');
      return changed === text ? null : changed;
    }),
} satisfies Record<string, DamageKind>;

const DROPPED =
  /^drop\s+(materialized\s+view|foreign\s+(table|data\s+wrapper)|event\s+trigger|text\s+search\s+\w+|operator\s+(class|family)|index\s+concurrently|\w+)/i;

/** Each statement that can be changed, changed alone. */
function replacedEach(
  rollback: readonly Statement[],
  change: (statement: Statement) => string | null,
): Damage[] {
  return rollback.flatMap((statement, place) => {
    const changed = change(statement);
    if (changed === null || changed === statement.text) return [];
    return [{ site: String(place + 1), script: scriptText(textsOf(rollback).with(place, changed)) }];
  });
}

/** An edit of one part of a statement: what its text from there on becomes. */
type Edit = (rest: string, node: ParseNode) => string | null;

/** Each part of a kind that can be edited, edited alone. */
function editedEach(rollback: readonly Statement[], kind: string, edit: Edit): Damage[] {
  return rollback.flatMap(({ text }, place) =>
    partsOf(text, kind).flatMap(({ node, location }) => {
      const bytes = Buffer.from(text);
      const changed = edit(bytes.toString('utf8', location), node);
      if (changed === null) return [];
      const whole = bytes.toString('utf8', 0, location) + changed;
      if (whole === text || parseSql(whole).kind === 'refused') return [];
      const site = `${place + 1} at ${location}`;
      return [{ site, script: scriptText(textsOf(rollback).with(place, whole)) }];
    }),
  );
}

interface Part {
  readonly node: ParseNode;
  readonly location: number;
}

/** Parts in the order of the text; those that the parser adds of its own stand nowhere. */
function partsOf(text: string, kind: string): Part[] {
  const outcome = parseSql(text);
  if (outcome.kind === 'refused') return [];
  const found = new Map<number, ParseNode>();
  for (const { tree } of outcome.statements) collect(tree, kind, found);
  return [...found].map(([location, node]) => ({ location, node })).sort((a, b) => a.location - b.location);
}

function collect(value: unknown, kind: string, found: Map<number, ParseNode>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, kind, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      if (isOfKind(name, kind)) {
        const node = item as ParseNode;
        const location = node['location'] ?? 0;
        if (typeof location === 'number' && location >= 0) found.set(location, node);
      }
      collect(item, kind, found);
    }
  }
}

/** A column's type stands under the name of its field. */
function isOfKind(name: string, kind: string): boolean {
  return name === kind || (kind === 'TypeName' && name === 'typeName');
}

function otherLiteral(rest: string): string | null {
  const text = /^'([^']*)'/.exec(rest)?.[1];
  if (text !== undefined) return `'${text === '' ? 'x' : text.slice(0, -1)}'${rest.slice(text.length + 2)}`;
  const digits = /^\d+(?![.\d])/.exec(rest)?.[0];
  return digits === undefined ? null : `${BigInt(digits) + 1n}${rest.slice(digits.length)}`;
}

function narrowerType(rest: string): string | null {
  for (const [pattern, replacement] of NARROWER)
    if (pattern.test(rest)) return rest.replace(pattern, replacement);
  const [whole, name, length] = /^(varchar|character varying|char|bit)\s*\(\s*(\d+)\s*\)/i.exec(rest) ?? [];
  if (whole === undefined || Number(length) < 2) return null;
  return `${name}(${Number(length) - 1})${rest.slice(whole.length)}`;
}

const NARROWER: readonly (readonly [RegExp, string])[] = [
  [/^text\b/i, 'varchar(60)'],
  [/^bigint\b|^int8\b/i, 'integer'],
  [/^integer\b|^int4?\b/i, 'smallint'],
  [/^timestamptz\b|^timestamp with time zone/i, 'timestamp'],
  [/^timestamp\b(?! with)/i, 'date'],
  [/^numeric\s*\(\s*\d+\s*,\s*\d+\s*\)/i, 'numeric(9, 1)'],
  [/^numeric\b(?!\s*\()/i, 'double precision'],
  [/^double precision|^float8\b/i, 'real'],
  [/^jsonb\b/i, 'json'],
];
