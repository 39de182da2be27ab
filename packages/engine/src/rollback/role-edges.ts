import type { CatalogObject } from '../catalog/model.ts';
import type { Action } from './action.ts';
import type { StepsByPart } from './edges.ts';
import { membershipRoles } from './role-names.ts';
import type { Side, Sides } from './side.ts';

type Edge = readonly [string, string];

/**
 * No database tells what depends on a role. What owns something or was granted something has to be there first and goes
 * last; what a role granted by an option that it was granted itself goes before that one.
 */
export function roleEdges(
  actions: ReadonlyMap<string, Action>,
  steps: StepsByPart,
  { before, after }: Sides,
): Edge[] {
  const ofRoles = [...actions].filter(([, { object }]) => object.traits.kind === 'role');
  const others = [...actions].filter(([, { object }]) => object.traits.kind !== 'role');
  const edges = ofRoles.flatMap(([id, action]) =>
    others.map(([other]): Edge => (action.verb === 'drop' ? [other, id] : [id, other])),
  );
  return [...edges, ...grantorEdges(steps, { before, after })];
}

function grantorEdges(steps: StepsByPart, { before, after }: Sides): Edge[] {
  const edges: Edge[] = [];
  const add = (first: string | null, second: string | null): void => {
    if (first !== null && second !== null && first !== second) edges.push([first, second]);
  };
  for (const [granted, passedOn] of passedOnIn(after)) {
    add(steps.drop(passedOn.key), steps.drop(granted.key));
    add(steps.drop(passedOn.key), steps.alter(granted.key));
  }
  for (const [granted, passedOn] of passedOnIn(before)) {
    add(steps.create(granted.key), steps.create(passedOn.key));
    add(steps.alter(granted.key), steps.create(passedOn.key));
  }
  for (const membership of after.ofKind('role-membership'))
    add(steps.drop(membership.key), steps.drop(`role ${membershipRoles(membership).grantor}`));
  return edges;
}

/** Memberships, each with one that its member granted to others. */
function passedOnIn(side: Side): [CatalogObject, CatalogObject][] {
  const memberships = side
    .ofKind('role-membership')
    .map((object) => ({ object, ...membershipRoles(object) }));
  return memberships.flatMap((granted) =>
    memberships
      .filter(({ grantor, role }) => grantor === granted.member && role === granted.role)
      .map(({ object }): [CatalogObject, CatalogObject] => [granted.object, object]),
  );
}
