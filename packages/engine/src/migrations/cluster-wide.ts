import { scanSql, type Token } from '../sql/parser.ts';
import type { ParseNode, Statement } from '../sql/statement.ts';
import type { Migration, Script } from './model.ts';
import { bodyOf } from './statement-body.ts';

/** A statement whose effect is not confined to the database it runs in. */
export interface ClusterWideStatement {
  readonly statement: Statement;
  /** What it does, for example `creates a role`, or `DO block that creates a role`. */
  readonly what: string;
  /** `predicted` where words in a body were read, which may never be executed. */
  readonly evidence: 'certain' | 'predicted';
}

/**
 * Finds statements that change what all databases of a server share: roles and memberships, databases,
 * tablespaces, server settings and parameters, and comments and labels on them (the catalogs with
 * `relisshared`). Bodies of `DO` blocks and functions are searched for such statements, also in strings
 * that they may execute. The parser must be loaded.
 */
export function clusterWideStatements(script: Script): readonly ClusterWideStatement[] {
  const known = KNOWN.get(script) ?? foundIn(script);
  KNOWN.set(script, known);
  return known;
}

/** A script is asked about at each step of its migration, and a scan of its bodies is not for nothing. */
const KNOWN = new WeakMap<Script, readonly ClusterWideStatement[]>();

function foundIn(script: Script): ClusterWideStatement[] {
  return script.statements.flatMap((statement): ClusterWideStatement[] => {
    const what = statement.type === null ? null : (SHARED[statement.type]?.(statement.tree) ?? null);
    if (what !== null) return [{ statement, what, evidence: 'certain' }];
    const found = foundInBody(statement);
    return found === null ? [] : [{ statement, what: found, evidence: 'predicted' }];
  });
}

const SHARED: Readonly<Record<string, (tree: ParseNode) => string | null>> = {
  CreateRoleStmt: () => 'creates a role',
  AlterRoleStmt: () => 'alters a role',
  AlterRoleSetStmt: () => 'sets a parameter for a role',
  DropRoleStmt: () => 'drops a role',
  GrantRoleStmt: (tree) =>
    tree['is_grant'] === true ? 'grants membership in a role' : 'revokes membership in a role',
  GrantStmt: (tree) => on(tree['objtype'], tree['is_grant'] === true ? 'grants on' : 'revokes on'),
  AlterSystemStmt: () => 'changes the configuration of the server',
  CreatedbStmt: () => 'creates a database',
  DropdbStmt: () => 'drops a database',
  AlterDatabaseStmt: () => 'alters a database',
  AlterDatabaseSetStmt: () => 'sets a parameter for a database',
  AlterDatabaseRefreshCollStmt: () => 'alters a database',
  CreateTableSpaceStmt: () => 'creates a tablespace',
  AlterTableSpaceOptionsStmt: () => 'alters a tablespace',
  DropTableSpaceStmt: () => 'drops a tablespace',
  RenameStmt: (tree) => on(tree['renameType'], 'renames'),
  AlterOwnerStmt: (tree) => on(tree['objectType'], 'changes the owner of'),
  CommentStmt: (tree) => on(tree['objtype'], 'comments on'),
  SecLabelStmt: (tree) => on(tree['objtype'], 'labels'),
};

const SHARED_OBJECTS: Readonly<Record<string, string>> = {
  OBJECT_ROLE: 'a role',
  OBJECT_DATABASE: 'a database',
  OBJECT_TABLESPACE: 'a tablespace',
  OBJECT_PARAMETER_ACL: 'a parameter of the server',
};

function on(objectType: unknown, verb: string): string | null {
  const object = SHARED_OBJECTS[String(objectType)];
  return object === undefined ? null : `${verb} ${object}`;
}

function foundInBody(statement: Statement): string | null {
  if (statement.type !== 'DoStmt' && statement.type !== 'CreateFunctionStmt') return null;
  const body = bodyOf(statement.tree);
  const what = body === null ? null : foundInText(body);
  if (what === null) return null;
  return `${statement.type === 'DoStmt' ? 'DO block' : 'function body'} that ${what}`;
}

/**
 * The first match. In a string, which may be SQL that is executed, only at the start of a statement: a
 * message such as `cannot create user` is none.
 */
function foundInText(text: string, isString = false): string | null {
  const tokens = text.trim() === '' ? [] : (scanSql(text) ?? []);
  for (const [index, token] of tokens.entries()) {
    const starts = index === 0 || tokens[index - 1]?.text === ';';
    const here = starts || !isString ? foundAt(tokens, index) : null;
    const what = here ?? (token.name === 'SCONST' ? foundInText(stringValue(token.text), true) : null);
    if (what !== null) return what;
  }
  return null;
}

const VERBS: Readonly<Record<string, string>> = { create: 'creates', alter: 'alters', drop: 'drops' };
const NOUNS: Readonly<Record<string, string>> = {
  role: 'a role',
  user: 'a role',
  group: 'a role',
  database: 'a database',
  tablespace: 'a tablespace',
};

function foundAt(tokens: readonly Token[], index: number): string | null {
  const [word, next, afterNext] = [0, 1, 2].map((step) => tokens[index + step]?.text.toLowerCase() ?? '');
  const verb = VERBS[word ?? ''];
  if (word === 'grant' || word === 'revoke') return membership(tokens, index);
  if (verb === undefined || afterNext === 'mapping') return null;
  if (word === 'alter' && next === 'system') return 'changes the configuration of the server';
  const noun = NOUNS[next ?? ''];
  return noun === undefined ? null : `${verb} ${noun}`;
}

/** `GRANT a TO b` makes a member; `GRANT … ON … TO b` does not, and `WITH GRANT OPTION` is no statement. */
function membership(tokens: readonly Token[], index: number): string | null {
  const verb = tokens[index]?.text.toLowerCase();
  const words: string[] = [];
  for (const token of tokens.slice(index + 1)) {
    const word = token.text.toLowerCase();
    if (word === ';' || word === 'on') return null;
    if (word === (verb === 'grant' ? 'to' : 'from')) break;
    words.push(word);
  }
  if (words.length === 0 || words[0] === 'option') return null;
  return verb === 'grant' ? 'grants membership in a role' : 'revokes membership in a role';
}

/** What stands between the quotes of a string constant. */
function stringValue(constant: string): string {
  const dollar = /^(\$[^$]*\$)([\s\S]*)\1$/.exec(constant);
  if (dollar !== null) return dollar[2] ?? '';
  return constant.replace(/^[^']*'|'$/g, '').replaceAll("''", "'");
}

/** Statements of migrations that every database of the server would feel, both directions, with their places. */
export function clusterWideIn(
  migrations: readonly Migration[],
): { readonly script: Script; readonly line: number; readonly what: string }[] {
  const scripts = migrations.flatMap(({ forward, rollback }) =>
    rollback === null ? [forward] : [forward, rollback],
  );
  return scripts.flatMap((script) =>
    clusterWideStatements(script).map(({ statement, what }) => ({ script, line: statement.line, what })),
  );
}
