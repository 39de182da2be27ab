/** Catalogs of all that is made up here and that rollbacks of it could make; what else there is takes longer to read than all this. */
export const CATALOGS: ReadonlySet<string> = new Set([
  ...['pg_class', 'pg_attribute', 'pg_attrdef', 'pg_inherits', 'pg_partitioned_table', 'pg_sequence'],
  ...['pg_constraint', 'pg_index', 'pg_trigger', 'pg_policy', 'pg_rewrite', 'pg_proc'],
  ...['pg_type', 'pg_enum', 'pg_namespace', 'pg_depend', 'pg_description'],
  ...['column order', 'attribute order'],
]);
