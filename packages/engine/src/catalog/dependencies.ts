import type { Session } from '../postgres/session.ts';
import { FIRST_USER_OID } from './fragments.ts';
import type { CatalogRow } from './partial/neighbourhood.ts';

/**
 * One object needs another. Both are named by `CatalogObject.identity`; the default of a column, which is an object
 * of its own to PostgreSQL and none in a snapshot, by its column's with {@link DEFAULT_PART} behind it.
 */
export interface Dependency {
  readonly from: string;
  readonly to: string;
  /** Whether `from` is dropped with `to` without CASCADE. */
  readonly goesAlong: boolean;
}

/** What follows a column's identity where its default is meant. */
export const DEFAULT_PART = '#default';

/** One label of an enum type; the OID survives a rename. */
export interface EnumLabel {
  readonly oid: string;
  readonly label: string;
}

/** What PostgreSQL knows of a catalog beyond its objects. */
export interface CatalogRelations {
  readonly dependencies: readonly Dependency[];
  /** By identity of the enum type, in the order of the labels. */
  readonly labels: ReadonlyMap<string, readonly EnumLabel[]>;
  /** Versions to which an extension can be updated from the one that it has, by its quoted name. */
  readonly extensionUpdates: ReadonlyMap<string, readonly string[]>;
  /** Pairs of PostgreSQL's own types between which there is a cast of its own, and whether an assignment applies it. */
  readonly casts: ReadonlyMap<string, 'assignment' | 'explicit'>;
  /** Names of all enum types with their schemas, whatever else is looked at. */
  readonly enums: ReadonlySet<string>;
}

/** How a pair is written in `casts`; types without modifiers. */
export function castPair(from: string, to: string): string {
  return `${from} → ${to}`;
}

/**
 * Reads what depends on what: `pg_depend` (PostgreSQL manual 5.15, "Dependency Tracking"; 53.18). What is no object of a snapshot
 * stands for the one it belongs to: a view's rule for the view, an array type for its element, a row type for its
 * table, the index behind a constraint for the constraint, a member for its extension. Bodies of functions that are
 * strings, and names in `nextval('…')`, are in no catalog.
 *
 * @param rows between which dependencies are asked for, and types of which labels are; `null` for all
 * @throws ServerError when the server refuses a query
 */
export async function readRelations(
  session: Session,
  rows: readonly CatalogRow[] | null = null,
): Promise<CatalogRelations> {
  const among = rows === null ? EVERYWHERE : amongRows(rows);
  const results = await session.batch(
    `${dependenciesQuery(among)};${labelsQuery(among)};${UPDATES};${CASTS};${ENUMS}`,
  );
  const dependencies = (results[0] ?? []).map((row) => ({
    from: String(row['source']),
    to: String(row['target']),
    goesAlong: row['goes_along'] === true,
  }));
  const labels = new Map<string, EnumLabel[]>();
  for (const row of results[1] ?? []) {
    const type = `pg_type/${row['type']}`;
    const known = labels.get(type) ?? [];
    labels.set(type, known);
    known.push({ oid: String(row['oid']), label: String(row['label']) });
  }
  const extensionUpdates = new Map<string, string[]>();
  for (const row of results[2] ?? []) {
    const name = String(row['name']);
    extensionUpdates.set(name, [...(extensionUpdates.get(name) ?? []), String(row['target'])]);
  }
  const casts = new Map(
    (results[3] ?? []).map((row) => [
      castPair(String(row['source']), String(row['target'])),
      row['is_assigned'] === true ? ('assignment' as const) : ('explicit' as const),
    ]),
  );
  const enums = new Set((results[4] ?? []).map((row) => String(row['name'])));
  return { dependencies, labels, extensionUpdates, casts, enums };
}

/** Which rows of catalogs are looked at. */
interface Among {
  /** A condition on the OID in an expression, to be added with AND; empty for none. */
  readonly oid: (expression: string) => string;
  /** `pg_depend` as `d`. */
  readonly depend: string;
}

const EVERYWHERE: Among = { oid: () => '', depend: 'pg_depend d' };

function amongRows(rows: readonly CatalogRow[]): Among {
  const oids = `'{${rows.map(({ oid }) => oid).join(',')}}'::oid[]`;
  const classes = `'{${rows.map(({ classId }) => classId).join(',')}}'::oid[]`;
  return {
    oid: (expression) => `and ${expression} = any(${oids})`,
    // Looked up row by row: by the OID alone all of pg_depend would be read.
    depend: `unnest(${classes}, ${oids}) near(class, oid) join pg_depend d on d.classid = near.class and d.objid = near.oid and d.refobjid = any(${oids})`,
  };
}

/** Ordered, since the labels of a type are. */
const labelsQuery = (among: Among) =>
  `select enumtypid as type, oid, enumlabel as label from pg_enum where enumtypid >= ${FIRST_USER_OID} ${among.oid('enumtypid')} order by enumtypid, enumsortorder`;

/** Paths that consist of the extension's own scripts (PostgreSQL manual 36.17.3). */
const UPDATES = `select quote_ident(e.extname) as name, p.target from pg_extension e, pg_extension_update_paths(e.extname) p where p.source = e.extversion and p.path is not null and e.extname <> 'plpgsql'`;

/** Those that are applied in an assignment (`pg_cast`, PostgreSQL manual 53.10) refuse what does not fit, where others cut it off. */
const CASTS = `select format_type(castsource, null) as source, format_type(casttarget, null) as target, castcontext in ('a', 'i') as is_assigned from pg_cast
  where castsource < ${FIRST_USER_OID} and casttarget < ${FIRST_USER_OID}`;

const ENUMS = `select quote_ident(nspname) || '.' || quote_ident(typname) as name
  from pg_type join pg_namespace n on n.oid = typnamespace where typtype = 'e'`;

/** Text: the identity of the object that a row of a catalog stands for; null for what is told with nothing. */
const ownersQuery = (among: Among) => `
  select 'pg_rewrite'::regclass::oid as class, r.oid, 0 as part,
    case when r.rulename = '_RETURN' then 'pg_class/' || r.ev_class else 'pg_rewrite/' || r.oid end as identity
  from pg_rewrite r where r.oid >= ${FIRST_USER_OID} ${among.oid('r.oid')}
  union all
  select 'pg_attrdef'::regclass, x.oid, 0,
    'pg_class/' || x.adrelid || '/' || x.adnum || case when a.attgenerated = '' then '${DEFAULT_PART}' else '' end
  from pg_attrdef x join pg_attribute a on a.attrelid = x.adrelid and a.attnum = x.adnum where true ${among.oid('x.oid')}
  union all
  select 'pg_type'::regclass, t.oid, 0,
    case when e.oid is not null then case when e.typrelid <> 0 then 'pg_class/' || e.typrelid else 'pg_type/' || e.oid end
      when t.typrelid <> 0 then 'pg_class/' || t.typrelid
      when t.typtype = 'm' then (select 'pg_type/' || g.rngtypid from pg_range g where g.rngmultitypid = t.oid)
      else 'pg_type/' || t.oid end
  from pg_type t left join pg_type e on e.typarray = t.oid where t.oid >= ${FIRST_USER_OID} ${among.oid('t.oid')}
  union all
  select 'pg_class'::regclass, d.objid, 0, 'pg_constraint/' || d.refobjid
  from pg_depend d where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_constraint'::regclass and d.deptype = 'i' ${among.oid('d.objid')}
  union all
  select 'pg_trigger'::regclass, g.oid, 0,
    case when g.tgisinternal then nullif('pg_constraint/' || g.tgconstraint, 'pg_constraint/0') else 'pg_trigger/' || g.oid end
  from pg_trigger g where g.oid >= ${FIRST_USER_OID} ${among.oid('g.oid')}
  union all
  select 'pg_publication_rel'::regclass, p.oid, 0, 'pg_publication/' || p.prpubid from pg_publication_rel p
  union all
  select 'pg_amop'::regclass, o.oid, 0, 'pg_opfamily/' || o.amopfamily from pg_amop o where o.oid >= ${FIRST_USER_OID}
  union all
  select 'pg_amproc'::regclass, o.oid, 0, 'pg_opfamily/' || o.amprocfamily from pg_amproc o where o.oid >= ${FIRST_USER_OID}
  union all
  select m.classid, m.objid, 0, 'pg_extension/' || m.refobjid
  from pg_depend m where m.refclassid = 'pg_extension'::regclass and m.deptype = 'e'`;

/** A composite type's attribute is told with the type, a column by itself. */
const identityOf = (classId: string, oid: string, part: string, owner: string, relation: string) =>
  `case when ${owner}.identity is not null and (${part} = 0 or ${owner}.class <> 'pg_class'::regclass) then ${owner}.identity
    when ${classId} = 'pg_class'::regclass and ${part} > 0 and ${relation}.relkind in ('r', 'p', 'v', 'm', 'f') then 'pg_class/' || ${oid} || '/' || ${part}
    else ${classId}::regclass || '/' || ${oid} end`;

/** Members of operator families, which stand for the family, also where they go with a class. */
const MEMBERS = `'pg_amop'::regclass, 'pg_amproc'::regclass`;

const dependenciesQuery = (among: Among) => `
  with owners as materialized (${ownersQuery(among)}),
  edges as (
    select ${identityOf('d.classid', 'd.objid', 'd.objsubid', 's', 'sr')} as source,
      ${identityOf('d.refclassid', 'd.refobjid', 'd.refobjsubid', 't', 'tr')} as target,
      d.deptype in ('a', 'i', 'P', 'S') and d.classid not in (${MEMBERS}) as goes_along
    from ${among.depend}
      left join owners s on s.class = d.classid and s.oid = d.objid
      left join owners t on t.class = d.refclassid and t.oid = d.refobjid
      left join pg_class sr on d.classid = 'pg_class'::regclass and d.objsubid > 0 and sr.oid = d.objid
      left join pg_class tr on d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and tr.oid = d.refobjid
    where d.objid >= ${FIRST_USER_OID} and d.refobjid >= ${FIRST_USER_OID} and d.deptype <> 'e'
      and not (d.classid in (${MEMBERS}) and d.refclassid = 'pg_opclass'::regclass)
  )
  select source, target, bool_or(goes_along) as goes_along from edges
  where source is not null and target is not null and source <> target
  group by source, target`;
