import type { CatalogObject } from '../catalog/model.ts';
import { Attributes } from './attributes.ts';
import type { Side } from './side.ts';
import { nameAndMethod } from './using-method.ts';

/** An operator or a function of an operator family. */
export interface OperatorMember {
  readonly what: 'operator' | 'function';
  /** Strategy or support number (PostgreSQL manual 36.16.2 and 36.16.3). */
  readonly number: string;
  /** The types that it is for: `integer, integer`. */
  readonly types: string;
  /** As ADD and CREATE OPERATOR CLASS take it. */
  readonly text: string;
}

/** Members of a family, read from the lines that the snapshot has for them. */
export function membersOfFamily(family: CatalogObject): OperatorMember[] {
  const attributes = new Attributes(family);
  return [
    ...attributes.list('operators').flatMap(operatorOf),
    ...attributes.list('functions').flatMap(functionOf),
  ];
}

/** `1 public.===(integer,integer) (integer, integer) s` */
function operatorOf(line: string): OperatorMember[] {
  const found = /^(\d+) (.*) \(([^()]*(?:\([^()]*\)[^()]*)*)\) ([so])(?: (.*))?$/.exec(line);
  if (found === null) return [];
  const [, number = '', operator = '', types = '', purpose, sortFamily] = found;
  const order = purpose === 'o' ? ` FOR ORDER BY ${sortFamily}` : '';
  return [{ what: 'operator', number, types, text: `OPERATOR ${number} ${operator}${order}` }];
}

/** `1 public.compare(integer,integer) (integer, integer)` */
function functionOf(line: string): OperatorMember[] {
  const found = /^(\d+) (.*) \(([^()]*(?:\([^()]*\)[^()]*)*)\)$/.exec(line);
  if (found === null) return [];
  const [, number = '', routine = '', types = ''] = found;
  return [{ what: 'function', number, types, text: `FUNCTION ${number} (${types}) ${routine}` }];
}

/** Members of its family that go with an operator class; it names them in words. */
export function membersOfClass(object: CatalogObject, side: Side): OperatorMember[] {
  const attributes = new Attributes(object);
  const { method } = nameAndMethod(object);
  const family = side.get(`operator-family ${attributes.text('family')} using ${method}`);
  if (family === undefined) return [];
  const wanted = new Set(attributes.list('members').flatMap(described));
  return membersOfFamily(family).filter((member) => wanted.has(placeOf(member)));
}

/** `function 1 (integer, integer) of operator family …` (`pg_describe_object`). */
function described(text: string): string[] {
  const found = /^(operator|function) (\d+) \((.*?)\) of /.exec(text);
  return found === null ? [] : [`${found[1]} ${found[2]} (${found[3]})`];
}

function placeOf({ what, number, types }: OperatorMember): string {
  return `${what} ${number} (${types})`;
}

/** Members of a family that belong to no class. */
export function looseMembers(family: CatalogObject, side: Side): OperatorMember[] {
  const { name, method } = nameAndMethod(family);
  const held = [...side.snapshot.objects.values()]
    .filter(({ traits }) => traits.kind === 'operator-class')
    .filter((one) => nameAndMethod(one).method === method && new Attributes(one).text('family') === name)
    .flatMap((one) => membersOfClass(one, side).map(placeOf));
  return membersOfFamily(family).filter((member) => !held.includes(placeOf(member)));
}
