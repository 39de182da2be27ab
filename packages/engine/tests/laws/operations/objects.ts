import type { Land } from '../land.ts';
import { freshName, schemaOf } from '../names.ts';
import type { Picks } from '../picks.ts';
import { type Operation, oneOf } from './operation.ts';

interface Named {
  /** As ALTER, DROP, COMMENT and GRANT call its kind. */
  readonly kind: string;
  readonly name: string;
}

function objectsOf(land: Land): Named[] {
  const named = (kind: string, names: readonly string[]) => names.map((name) => ({ kind, name }));
  return [
    ...named(
      'table',
      land.tables.map(({ name }) => name),
    ),
    ...named(
      'index',
      land.tables.flatMap(({ indexes }) => indexes),
    ),
    ...land.views.map(({ name, kind }) => ({ kind: kind === 'm' ? 'materialized view' : 'view', name })),
    ...named(
      'type',
      [...land.enums, ...land.composites].map(({ name }) => name),
    ),
    ...named(
      'domain',
      land.domains.map(({ name }) => name),
    ),
    ...named(
      'function',
      land.functions.map(({ name }) => name),
    ),
    ...named('sequence', land.sequences),
  ];
}

/** Tables and views make one of two, since most depends on them. */
function anyObject(land: Land, picks: Picks): Named {
  const all = objectsOf(land);
  return picks.below(2) === 0
    ? oneOf(
        all.filter(({ kind }) => kind === 'table'),
        picks,
      )
    : oneOf(all, picks);
}

/** Parts of tables have the kind first and their table behind. */
function ofTables(land: Land, kind: 'trigger' | 'policy'): { kind: string; name: string; table: string }[] {
  return land.tables.flatMap((table) =>
    (kind === 'trigger' ? table.triggers : table.policies).map((name) => ({ kind, name, table: table.name })),
  );
}

const PARTS = (land: Land) => [...ofTables(land, 'trigger'), ...ofTables(land, 'policy')];

const comment: Operation = (land, picks) => {
  const text = picks.text(`'says this'`, `'it''s \\ said'`, 'null');
  const table = picks.below(2) === 0 ? picks.of(land.tables) : undefined;
  const column = table === undefined ? undefined : picks.of(table.columns);
  if (table !== undefined && column !== undefined)
    return `comment on column ${table.name}.${column.name} is ${text}`;
  const { kind, name } = anyObject(land, picks);
  return `comment on ${kind} ${name} is ${text}`;
};

const grant: Operation = (land, picks) => {
  const { kind, name } = anyObject(land, picks);
  const on = /view$/.test(kind) ? 'table' : kind;
  const privilege =
    { table: picks.text('select', 'insert, update', 'all'), function: 'execute', sequence: 'usage' }[on] ??
    'usage';
  const role = picks.text('law_reader', 'law_writer', 'public');
  return picks.text(
    `grant ${privilege} on ${on} ${name} to ${role}`,
    `revoke ${privilege} on ${on} ${name} from ${role}`,
  );
};

const replaceView: Operation = (land, picks) => {
  const { name, kind } = oneOf(land.views, picks);
  const table = oneOf(land.tables, picks);
  const list = picks.some(table.columns, 3).map((column) => column.name);
  const word = kind === 'm' ? 'materialized view' : 'view';
  return `drop ${word} ${name} cascade;
create ${word} ${name} as select ${list.length === 0 ? '1 as one' : list.join(', ')} from ${table.name}`;
};

const replaceFunction: Operation = (land, picks) => {
  const { name, isTrigger } = oneOf(land.functions, picks);
  if (isTrigger)
    return `create or replace function ${name} returns trigger language plpgsql as $f$ begin return new; end $f$`;
  if (name.endsWith('(a integer)'))
    return `create or replace function ${name} returns integer language sql immutable as $f$ select a * 3 $f$`;
  return `alter function ${name} ${picks.text('volatile', 'cost 7', "set work_mem = '1MB'", 'security definer')}`;
};

const changeTable: Operation = (land, picks) => {
  const { name, indexes, isPartition } = oneOf(land.tables, picks);
  const action = picks.text(
    'enable row level security',
    'force row level security',
    'set (fillfactor = 70)',
    'replica identity full',
    'set unlogged',
    'set logged',
    'disable trigger user',
    'enable always trigger all',
  );
  const [index] = indexes;
  if (index !== undefined && !isPartition && picks.below(4) === 3)
    return `alter table ${name} cluster on ${index.slice(schemaOf(index).length + 1)}`;
  return `alter table ${name} ${action}`;
};

/** What any object undergoes. */
export const OBJECTS: Readonly<Record<string, Operation>> = {
  drop: (land, picks) => {
    const { kind, name } = anyObject(land, picks);
    return `drop ${kind} ${name}${picks.text(' cascade', '')}`;
  },
  'drop part': (land, picks) => {
    const { kind, name, table } = oneOf(PARTS(land), picks);
    return `drop ${kind} ${name} on ${table}`;
  },
  rename: (land, picks) => {
    const { kind, name } = anyObject(land, picks);
    return `alter ${kind} ${name} rename to ${freshName(land, picks)}`;
  },
  'rename part': (land, picks) => {
    const { kind, name, table } = oneOf(PARTS(land), picks);
    return `alter ${kind} ${name} on ${table} rename to ${freshName(land, picks)}`;
  },
  move: (land, picks) => {
    const { kind, name } = oneOf(
      objectsOf(land).filter((each) => each.kind !== 'index'),
      picks,
    );
    return `alter ${kind} ${name} set schema ${schemaOf(name) === 'app' ? 'public' : 'app'}`;
  },
  comment,
  grant,
  'replace view': replaceView,
  'replace function': replaceFunction,
  'change table': changeTable,
};
