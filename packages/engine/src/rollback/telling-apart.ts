import type { CatalogObject } from '../catalog/model.ts';
import { Attributes } from './attributes.ts';
import { columnName } from './column-definition.ts';
import { ownName } from './current-names.ts';
import { existenceOf } from './existence.ts';
import { columnExists, columnsInOrder, constraintExists, indexIsOn, labelExists } from './guards.ts';
import { schemaOfName } from './own-name.ts';
import type { Side } from './side.ts';

/** Objects that exchanged their names: what each is called, and what it was called before. */
export interface Exchanged {
  /** As it was before the migration. */
  readonly before: CatalogObject;
  /** As it is. */
  readonly after: CatalogObject;
  /** As it is called when it gets its name back, if its schema or table has the old name already. */
  readonly now: CatalogObject;
}

/**
 * A condition that holds as long as objects have each other's names, and does not once they have their own: by what has not
 * changed its name with them. `null` where nothing tells them apart.
 */
export function areExchanged(members: readonly Exchanged[], before: Side, after: Side): string | null {
  const [first] = members;
  if (first?.before.traits.kind === 'column') return columnsAreExchanged(members);
  for (const member of members) {
    const other = before.get(`${member.now.traits.kind} ${member.now.name}`);
    const sign = other === undefined ? null : signOf(member, other, before, after);
    if (sign !== null) return sign;
  }
  return null;
}

/** Columns keep their numbers. */
function columnsAreExchanged(members: readonly Exchanged[]): string | null {
  const was = new Map(members.map(({ before }) => [columnName(before), before.position ?? 0]));
  for (const one of members)
    for (const other of members) {
      const [a, b] = [columnName(one.now), columnName(other.now)];
      const [first, second] = [was.get(a), was.get(b)];
      const isAfter = (one.after.position ?? 0) > (other.after.position ?? 0);
      if (isAfter && first !== undefined && second !== undefined && first < second)
        return columnsInOrder(one.now.table ?? '', b, a);
    }
  return null;
}

/** Something that belongs to the one, and that the other, which bore the name before, has none of. */
function signOf(
  { after: object, now }: Exchanged,
  other: CatalogObject,
  before: Side,
  after: Side,
): string | null {
  const { kind } = object.traits;
  if (kind === 'enum') {
    const [labels, others] = [new Attributes(object).list('labels'), new Attributes(other).list('labels')];
    const telling = labels.find((label) => !others.includes(label));
    return telling === undefined ? null : labelExists(now.name, telling);
  }
  if (kind === 'schema') return relationIn(object, before, after);
  const others = new Set(before.allChildren(other).map((child) => `${child.traits.kind} ${ownName(child)}`));
  for (const child of after.allChildren(object)) {
    if (others.has(`${child.traits.kind} ${ownName(child)}`)) continue;
    if (child.traits.kind === 'column') return columnExists(now.name, columnName(child));
    if (child.traits.kind === 'constraint') return constraintExists(now.name, ownName(child));
    if (child.traits.kind === 'index') return indexIsOn(now.name, ownName(child));
  }
  return null;
}

function relationIn(schema: CatalogObject, before: Side, after: Side): string | null {
  for (const object of after.snapshot.objects.values())
    if (schemaOfName(object) === schema.name && before.get(object.key) === undefined && isRelation(object))
      return existenceOf(object);
  return null;
}

function isRelation({ traits: { kind } }: CatalogObject): boolean {
  return kind === 'table' || kind === 'view' || kind === 'sequence';
}
