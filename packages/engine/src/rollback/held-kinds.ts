import type { Kind } from '../catalog/model.ts';

/** Types that columns have: they are set aside where they are made anew, since the columns stay. */
export const TYPES: ReadonlySet<Kind> = new Set(['enum', 'domain', 'composite', 'range']);

/** Kinds that hold nothing of their own, so that they can be taken down and put back. */
export const WITHOUT_ROWS: ReadonlySet<Kind> = new Set([
  'view',
  'materialized-view',
  'constraint',
  'index',
  'statistics',
  'trigger',
  'rule',
  'policy',
  'routine',
  'aggregate',
  'event-trigger',
  'conversion',
  'operator',
  'operator-family',
  'operator-class',
  'cast',
  'transform',
  'foreign-table',
  'server',
  'user-mapping',
  'text-search-parser',
  'text-search-template',
  'text-search-dictionary',
  'text-search-configuration',
]);

/** What PostgreSQL refuses to change the type of a column under (manual, ALTER TABLE); the rest it rebuilds. */
export const HINDER_NEW_TYPE: ReadonlySet<Kind> = new Set([
  'view',
  'materialized-view',
  'rule',
  'trigger',
  'policy',
  'routine',
  'publication',
]);
