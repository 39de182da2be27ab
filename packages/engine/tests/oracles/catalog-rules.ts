/**
 * What the catalog judge knows about single catalogs. Everything that is not said here is read as it is:
 * every column of every catalog counts, and object identifiers are replaced by names.
 * Columns: PostgreSQL manual, chapter 53, "System Catalogs". `x` is the catalog's row.
 */
export interface CatalogRule {
  /** Columns that are no state of the schema (physical, planner's, derived), or that `shown` says better. */
  readonly omitted?: readonly string[];
  /** SQL for a column or for something that several columns say together. */
  readonly shown?: Readonly<Record<string, string>>;
  /** SQL that names the row, where `pg_identify_object` does not. */
  readonly identity?: string;
  /** Which rows belong to the user, where "made after initdb" is not the answer. */
  readonly where?: string;
  /** For `acldefault`: the kind of object; SQL. */
  readonly aclKind?: string;
  /** Column of the owner, for `acldefault`. */
  readonly owner?: string;
}

/** Catalogs that hold data, statistics, or what other catalogs say as well. */
export const LEFT_OUT: ReadonlySet<string> = new Set([
  'pg_statistic',
  'pg_statistic_ext_data',
  'pg_largeobject',
  'pg_largeobject_metadata',
  'pg_subscription_rel',
  'pg_shdepend',
  'pg_shseclabel',
  'pg_replication_origin',
]);

const THIS_DATABASE = '(select d.oid from pg_database d where d.datname = current_database())';
const RELATION_KIND = (oid: string) => `(select r.relkind from pg_class r where r.oid = ${oid})`;

/** An internal trigger's name ends in an object identifier, for example `RI_ConstraintTrigger_a_16404`. */
const TRIGGER_NAME = `case when x.tgisinternal then regexp_replace(x.tgname::text, '_\\d+$', '') else x.tgname::text end`;

export const RULES: Readonly<Record<string, CatalogRule>> = {
  pg_aggregate: { identity: 'x.aggfnoid::regprocedure::text', where: 'x.aggfnoid::oid >= 16384' },
  pg_attrdef: {
    omitted: ['adbin'],
    shown: { expression: 'pg_get_expr(x.adbin, x.adrelid)' },
    identity: `x.adrelid::regclass || '.' || (select a.attname from pg_attribute a where a.attrelid = x.adrelid and a.attnum = x.adnum)`,
  },
  pg_attribute: {
    omitted: ['attnum', 'attcacheoff', 'atthasmissing', 'attmissingval', 'attndims'],
    // An index's columns have names of their own, which nothing shows; their options and statistics targets count.
    where: `x.attrelid >= 16384 and x.attnum > 0 and not x.attisdropped and (${RELATION_KIND('x.attrelid')} in ('r','p','f','v','m','c') or ${RELATION_KIND('x.attrelid')} in ('i','I') and (coalesce(x.attstattarget, -1) <> -1 or x.attoptions is not null))`,
    identity: `x.attrelid::regclass || '.' || case when ${RELATION_KIND('x.attrelid')} in ('i','I') then '#' || x.attnum else x.attname end`,
    aclKind: `'c'`,
    owner: '(select r.relowner from pg_class r where r.oid = x.attrelid)',
  },
  pg_auth_members: {
    omitted: ['oid'],
    where: 'x.roleid >= 16384 or x.member >= 16384',
    identity: `x.member::regrole || ' in ' || x.roleid::regrole || ' by ' || pg_get_userbyid(x.grantor)`,
  },
  pg_authid: { omitted: ['rolpassword'], where: `x.rolname !~ '^pg_'` },
  pg_class: {
    omitted: [
      ...['reltype', 'relfilenode', 'relpages', 'reltuples', 'relallvisible', 'relallfrozen', 'relfrozenxid'],
      ...['relminmxid', 'reltoastrelid', 'relhassubclass', 'relhasindex', 'relhasrules', 'relhastriggers'],
      ...['relchecks', 'relnatts', 'relrewrite', 'relpartbound'],
    ],
    shown: {
      bound: 'pg_get_expr(x.relpartbound, x.oid)',
      view: `case when x.relkind in ('v','m') then pg_get_viewdef(x.oid) end`,
      toastoptions: `(select string_agg(o, ',' order by o) from pg_class t, unnest(t.reloptions) o where t.oid = x.reltoastrelid)`,
    },
    aclKind: `case x.relkind when 'S' then 's' else 'r' end`,
    owner: 'x.relowner',
  },
  // The library's version at creation; a warning compares it, no behaviour hangs on it.
  pg_collation: { omitted: ['collversion'] },
  // Of a key, connoinherit says whether a partition was made with it or attached with it, as pg_dump does; nothing hangs on that.
  pg_constraint: {
    omitted: ['conbin', 'connoinherit'],
    shown: {
      definition: 'pg_get_constraintdef(x.oid)',
      noinherit: `x.connoinherit and x.contype not in ('p', 'u', 'x')`,
    },
  },
  pg_database: {
    omitted: [
      ...['datname', 'datlastsysoid', 'datfrozenxid', 'datminmxid', 'datcollversion', 'dathasloginevt'],
    ],
    where: `x.oid = ${THIS_DATABASE}`,
    identity: `'this database'`,
    aclKind: `'d'`,
    owner: 'x.datdba',
  },
  pg_db_role_setting: {
    omitted: ['setdatabase'],
    where: `x.setdatabase in (0, ${THIS_DATABASE})`,
    identity: `case x.setdatabase when 0 then 'every database' else 'this database' end || ' for ' || case x.setrole when 0 then 'everybody' else x.setrole::regrole::text end`,
  },
  // The rest of pg_depend follows from the definitions; these three are said nowhere else.
  pg_depend: {
    omitted: ['classid', 'objid', 'objsubid', 'refclassid', 'refobjid', 'refobjsubid'],
    where: `x.objid >= 16384 and (x.deptype in ('e','x') or x.deptype in ('a','i') and x.classid = 'pg_class'::regclass and x.refclassid = 'pg_class'::regclass and ${RELATION_KIND('x.objid')} = 'S')`,
    identity: `(select i.type || ' ' || i.identity from pg_identify_object(x.classid, x.objid, x.objsubid) i) || ' on ' || (select i.type || ' ' || i.identity from pg_identify_object(x.refclassid, x.refobjid, x.refobjsubid) i)`,
  },
  pg_description: {
    omitted: ['objoid', 'classoid', 'objsubid'],
    // DROP SUBSCRIPTION leaves its comment behind, of which nothing can be seen: such a row has no identity.
    where: `(x.objoid >= 16384 or x.classoid = 'pg_namespace'::regclass) and (select i.identity from pg_identify_object(x.classoid, x.objoid, x.objsubid) i) is not null and (select i.schema from pg_identify_object(x.classoid, x.objoid, x.objsubid) i) is distinct from 'pg_temp'`,
    identity:
      '(select i.type || $$ $$ || i.identity from pg_identify_object(x.classoid, x.objoid, x.objsubid) i)',
  },
  // A label's place is a fraction that depends on history (`enumsortorder`); only the order counts.
  pg_enum: {
    omitted: ['enumsortorder'],
    shown: {
      place:
        '(select count(*) from pg_enum e where e.enumtypid = x.enumtypid and e.enumsortorder <= x.enumsortorder)',
    },
    identity: `format_type(x.enumtypid, null) || '.' || quote_literal(x.enumlabel)`,
  },
  pg_foreign_data_wrapper: { aclKind: `'F'`, owner: 'x.fdwowner' },
  pg_foreign_server: { aclKind: `'S'`, owner: 'x.srvowner' },
  pg_index: {
    omitted: ['indcheckxmin', 'indexprs', 'indpred'],
    shown: { definition: 'pg_get_indexdef(x.indexrelid)' },
  },
  pg_init_privs: {
    omitted: ['objoid', 'classoid', 'objsubid', 'initprivs'],
    where: 'x.objoid >= 16384',
    shown: {
      privileges: `(select string_agg(i::text, ',' order by i::text) from unnest(x.initprivs) i)`,
    },
    identity:
      '(select i.type || $$ $$ || i.identity from pg_identify_object(x.classoid, x.objoid, x.objsubid) i)',
  },
  pg_language: { aclKind: `'l'`, owner: 'x.lanowner' },
  pg_namespace: {
    where: `(x.oid >= 16384 or x.nspname = 'public') and x.nspname !~ '^pg_(toast|temp)'`,
    aclKind: `'n'`,
    owner: 'x.nspowner',
  },
  pg_parameter_acl: { aclKind: `'p'`, owner: '10::oid' },
  pg_partitioned_table: {
    omitted: ['partexprs'],
    shown: { key: 'pg_get_partkeydef(x.partrelid)' },
  },
  pg_policy: {
    omitted: ['polqual', 'polwithcheck'],
    shown: {
      using: 'pg_get_expr(x.polqual, x.polrelid)',
      check: 'pg_get_expr(x.polwithcheck, x.polrelid)',
    },
  },
  pg_proc: {
    omitted: ['proargdefaults', 'prosqlbody'],
    shown: {
      arguments: 'pg_get_function_arguments(x.oid)',
      sqlbody: 'pg_get_function_sqlbody(x.oid)',
    },
    aclKind: `'f'`,
    owner: 'x.proowner',
  },
  pg_publication_rel: {
    omitted: ['prqual'],
    shown: { filter: 'pg_get_expr(x.prqual, x.prrelid)' },
  },
  pg_rewrite: {
    omitted: ['ev_qual', 'ev_action'],
    shown: { definition: 'pg_get_ruledef(x.oid)' },
  },
  pg_seclabel: {
    omitted: ['objoid', 'classoid', 'objsubid'],
    where: 'x.objoid >= 16384',
    identity:
      '(select i.type || $$ $$ || i.identity from pg_identify_object(x.classoid, x.objoid, x.objsubid) i)',
  },
  pg_shdescription: {
    omitted: ['objoid', 'classoid'],
    where: `x.objoid >= 16384 and (x.classoid <> 'pg_database'::regclass or x.objoid = ${THIS_DATABASE})`,
    identity: `case when x.classoid = 'pg_database'::regclass then 'this database' else (select i.type || ' ' || i.identity from pg_identify_object(x.classoid, x.objoid, 0) i) end`,
  },
  pg_statistic_ext: {
    omitted: ['stxexprs'],
    shown: { definition: 'pg_get_statisticsobjdef(x.oid)' },
  },
  pg_subscription: { omitted: ['subdbid'], where: `x.subdbid = ${THIS_DATABASE}` },
  pg_tablespace: { aclKind: `'t'`, owner: 'x.spcowner' },
  pg_trigger: {
    omitted: ['tgname', 'tgqual', 'tgparentid'],
    shown: {
      definition: 'case when not x.tgisinternal then pg_get_triggerdef(x.oid) end',
      cloned: 'x.tgparentid <> 0',
    },
    identity: `${TRIGGER_NAME} || ' on ' || x.tgrelid::regclass || case when x.tgisinternal then coalesce(' for ' || (select c.conname from pg_constraint c where c.oid = x.tgconstraint), '') || ' ' || x.tgfoid::regproc else '' end`,
  },
  pg_ts_config_map: {
    identity: `x.mapcfg::regconfig || ' ' || x.maptokentype || ' ' || x.mapseqno`,
  },
  pg_type: {
    omitted: ['typdefaultbin'],
    // An array's type follows its element's.
    where: 'x.oid >= 16384 and not exists (select from pg_type e where e.typarray = x.oid)',
    aclKind: `'T'`,
    owner: 'x.typowner',
  },
};

/** Arrays whose order says nothing. */
export const SETS: ReadonlySet<string> = new Set([
  ...['reloptions', 'attoptions', 'attfdwoptions', 'fdwoptions', 'srvoptions', 'umoptions', 'ftoptions'],
  ...['spcoptions', 'setconfig', 'proconfig', 'evttags', 'polroles', 'stxkeys', 'stxkind', 'prattrs'],
  'subpublications',
]);

/** Arrays of column numbers that `pg_get_catalog_foreign_keys` does not list, with the column of their table. */
export const COLUMN_NUMBERS: Readonly<Record<string, string>> = {
  confdelsetcols: 'conrelid',
  prattrs: 'prrelid',
};
