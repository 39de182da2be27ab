import type { Json } from '../../catalog/model.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { type Draft, guarded, inOrder, MAKE_ANEW, statements } from '../draft.ts';
import { not, relationExists } from '../guards.ts';
import { named } from '../kind-defaults.ts';

type Attribute = Readonly<Record<string, Json>>;

/**
 * CREATE TYPE … AS (…). An attribute that came last can be dropped and one that was dropped added; others keep
 * their place, so that the type is made anew where they would not.
 */
export const composite = named('TYPE', {
  grantedOn: ({ name }) => `TYPE ${name}`,
  create: (object) => {
    const attributes = new Attributes(object).records('attributes');
    const list = attributes.map((attribute) => `${nameOf(attribute)} ${typeOf(attribute)}`).join(', ');
    return inOrder(
      guarded(not(relationExists(object.name)), `CREATE TYPE ${object.name} AS (${list})`),
      ...attributes.map((attribute) => commentOf(object.name, attribute)),
    );
  },
  alter: ({ before: { name }, was, is }) => {
    const [wanted, present] = [was.records('attributes'), is.records('attributes')];
    const names = wanted.map(({ name }) => name);
    const extra = present.filter((attribute) => !names.includes(attribute['name'] ?? null));
    const kept = present.filter((attribute) => !extra.includes(attribute));
    if (kept.some((attribute, place) => attribute['name'] !== names[place])) return MAKE_ANEW;
    return inOrder(
      ...extra.map((attribute) =>
        statements(`ALTER TYPE ${name} DROP ATTRIBUTE IF EXISTS ${nameOf(attribute)}`),
      ),
      ...wanted.flatMap((attribute, place) => alteredAttribute(name, attribute, kept[place])),
    );
  },
});

function alteredAttribute(type: string, wanted: Attribute, present: Attribute | undefined): Draft[] {
  if (present === undefined) {
    const missing = not(
      `EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(${quoteLiteral(type)}) AND attname = ${quoteLiteral(String(wanted['name']))})`,
    );
    return [
      guarded(missing, `ALTER TYPE ${type} ADD ATTRIBUTE ${nameOf(wanted)} ${typeOf(wanted)}`),
      commentOf(type, wanted),
    ];
  }
  const drafts: Draft[] = [];
  if (typeOf(wanted) !== typeOf(present))
    drafts.push(
      statements(`ALTER TYPE ${type} ALTER ATTRIBUTE ${nameOf(wanted)} SET DATA TYPE ${typeOf(wanted)}`),
    );
  if (wanted['comment'] !== present['comment']) drafts.push(commentOf(type, wanted, 'NULL'));
  return drafts;
}

function nameOf(attribute: Attribute): string {
  return quoteIdentifier(String(attribute['name']));
}

function typeOf({ type, collation }: Attribute): string {
  return collation === undefined ? String(type) : `${type} COLLATE ${collation}`;
}

function commentOf(type: string, attribute: Attribute, none: string | null = null): Draft {
  const { comment } = attribute;
  const text = typeof comment === 'string' ? quoteLiteral(comment) : none;
  return text === null
    ? statements()
    : statements(`COMMENT ON COLUMN ${type}.${nameOf(attribute)} IS ${text}`);
}
