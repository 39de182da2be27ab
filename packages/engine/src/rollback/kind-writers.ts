import type { Kind } from '../catalog/model.ts';
import { onlyDropped, untouched } from './kind-defaults.ts';
import type { KindWriter } from './kind-writer.ts';
import { aggregate } from './kinds/aggregate.ts';
import { collation } from './kinds/collation.ts';
import { column } from './kinds/column.ts';
import { composite } from './kinds/composite.ts';
import { constraint } from './kinds/constraint.ts';
import { defaultPrivileges } from './kinds/default-privileges.ts';
import { domain } from './kinds/domain.ts';
import { enumType } from './kinds/enum.ts';
import { eventTrigger } from './kinds/event-trigger.ts';
import { extension } from './kinds/extension.ts';
import { index } from './kinds/index.ts';
import { materializedView } from './kinds/materialized-view.ts';
import { policy } from './kinds/policy.ts';
import { publication } from './kinds/publication.ts';
import { range } from './kinds/range.ts';
import { routine } from './kinds/routine.ts';
import { rule } from './kinds/rule.ts';
import { schema } from './kinds/schema.ts';
import { sequence } from './kinds/sequence.ts';
import { statisticsObject } from './kinds/statistics.ts';
import { table } from './kinds/table.ts';
import { trigger } from './kinds/trigger.ts';
import { view } from './kinds/view.ts';

const CLUSTER = 'it belongs to all databases of the server';

/** Every kind with its writer; a kind without one does not compile. */
export const KIND_WRITERS = {
  database: untouched('settings of the database are not written yet'),
  schema,
  extension,
  language: onlyDropped('LANGUAGE', 'languages are not written yet'),
  enum: enumType,
  domain,
  composite,
  range,
  collation,
  conversion: onlyDropped('CONVERSION', 'conversions are not written yet'),
  routine,
  aggregate,
  operator: onlyDropped('OPERATOR', 'operators are not written yet'),
  'operator-family': onlyDropped('OPERATOR FAMILY', 'operator families are not written yet'),
  'operator-class': onlyDropped('OPERATOR CLASS', 'operator classes are not written yet'),
  cast: onlyDropped('CAST', 'casts are not written yet'),
  transform: onlyDropped('TRANSFORM', 'transforms are not written yet'),
  'access-method': onlyDropped('ACCESS METHOD', 'access methods are not written yet'),
  table,
  'foreign-table': onlyDropped('FOREIGN TABLE', 'foreign tables are not written yet'),
  view,
  'materialized-view': materializedView,
  column,
  sequence,
  constraint,
  index,
  statistics: statisticsObject,
  trigger,
  rule,
  policy,
  'event-trigger': eventTrigger,
  'text-search-parser': onlyDropped('TEXT SEARCH PARSER', 'parsers are not written yet'),
  'text-search-template': onlyDropped('TEXT SEARCH TEMPLATE', 'templates are not written yet'),
  'text-search-dictionary': onlyDropped('TEXT SEARCH DICTIONARY', 'dictionaries are not written yet'),
  'text-search-configuration': onlyDropped('TEXT SEARCH CONFIGURATION', 'configurations are not written yet'),
  'foreign-data-wrapper': onlyDropped('FOREIGN DATA WRAPPER', 'wrappers are not written yet'),
  server: onlyDropped('SERVER', 'servers are not written yet'),
  'user-mapping': untouched('its options may hold secrets'),
  publication,
  subscription: untouched('a subscription cannot be taken back without its publisher'),
  'default-privileges': defaultPrivileges,
  role: untouched(CLUSTER),
  'role-membership': untouched(CLUSTER),
  'role-setting': untouched(CLUSTER),
  tablespace: untouched(CLUSTER),
  'parameter-privileges': untouched(CLUSTER),
} satisfies Record<Kind, KindWriter>;
