import type { Kind } from '../catalog/model.ts';
import { onlyDropped, untouched } from './kind-defaults.ts';
import type { KindWriter } from './kind-writer.ts';
import { accessMethod } from './kinds/access-method.ts';
import { aggregate } from './kinds/aggregate.ts';
import { cast } from './kinds/cast.ts';
import { collation } from './kinds/collation.ts';
import { column } from './kinds/column.ts';
import { composite } from './kinds/composite.ts';
import { constraint } from './kinds/constraint.ts';
import { conversion } from './kinds/conversion.ts';
import { database } from './kinds/database.ts';
import { defaultPrivileges } from './kinds/default-privileges.ts';
import { domain } from './kinds/domain.ts';
import { enumType } from './kinds/enum.ts';
import { eventTrigger } from './kinds/event-trigger.ts';
import { extension } from './kinds/extension.ts';
import { foreignDataWrapper } from './kinds/foreign-data-wrapper.ts';
import { foreignTable } from './kinds/foreign-table.ts';
import { index } from './kinds/index.ts';
import { language } from './kinds/language.ts';
import { materializedView } from './kinds/materialized-view.ts';
import { operator } from './kinds/operator.ts';
import { operatorClass } from './kinds/operator-class.ts';
import { operatorFamily } from './kinds/operator-family.ts';
import { policy } from './kinds/policy.ts';
import { publication } from './kinds/publication.ts';
import { range } from './kinds/range.ts';
import { role } from './kinds/role.ts';
import { roleMembership } from './kinds/role-membership.ts';
import { roleSetting } from './kinds/role-setting.ts';
import { routine } from './kinds/routine.ts';
import { rule } from './kinds/rule.ts';
import { schema } from './kinds/schema.ts';
import { sequence } from './kinds/sequence.ts';
import { server } from './kinds/server.ts';
import { statisticsObject } from './kinds/statistics.ts';
import { subscription } from './kinds/subscription.ts';
import { table } from './kinds/table.ts';
import { textSearchConfiguration } from './kinds/text-search-configuration.ts';
import { textSearchDictionary } from './kinds/text-search-dictionary.ts';
import { textSearchParser } from './kinds/text-search-parser.ts';
import { textSearchTemplate } from './kinds/text-search-template.ts';
import { transform } from './kinds/transform.ts';
import { trigger } from './kinds/trigger.ts';
import { userMapping } from './kinds/user-mapping.ts';
import { view } from './kinds/view.ts';

const CLUSTER = 'it belongs to all databases of the server';

/** Every kind with its writer; a kind without one does not compile. */
export const KIND_WRITERS = {
  database,
  schema,
  extension,
  language,
  enum: enumType,
  domain,
  composite,
  range,
  collation,
  conversion,
  routine,
  aggregate,
  operator,
  'operator-family': operatorFamily,
  'operator-class': operatorClass,
  cast,
  transform,
  'access-method': accessMethod,
  table,
  'foreign-table': foreignTable,
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
  'text-search-parser': textSearchParser,
  'text-search-template': textSearchTemplate,
  'text-search-dictionary': textSearchDictionary,
  'text-search-configuration': textSearchConfiguration,
  'foreign-data-wrapper': foreignDataWrapper,
  server,
  'user-mapping': userMapping,
  publication,
  subscription,
  'default-privileges': defaultPrivileges,
  role,
  'role-membership': roleMembership,
  'role-setting': roleSetting,
  tablespace: onlyDropped('TABLESPACE', CLUSTER),
  'parameter-privileges': untouched(CLUSTER),
} satisfies Record<Kind, KindWriter>;
