import type { CatalogObject } from '../catalog/model.ts';
import { lastName, visit } from '../data/parsed-nodes.ts';
import { Attributes } from './attributes.ts';
import { counterpart } from './counterpart.ts';
import type { HandingOn, SetColumn } from './filling/handed-on.ts';
import { namesFrom } from './filling/script-names.ts';
import { type Inverse, inverseOf, isMeasure, isString, isTidied } from './inverse-expression.ts';
import { columnName } from './own-name.ts';
import type { Side, Sides } from './side.ts';
import { namesIn } from './stash/row-key.ts';

/** By key before the migration: how values written since come back, where a cast is not the way. */
export type WaysBack = ReadonlyMap<string, Exclude<Inverse, { readonly kind: 'cast' }>>;

/**
 * Finds the columns of which a forward script computes all values in another way: by another type (`ALTER COLUMN … TYPE … USING`), by a
 * new column in their place, or where they are (`UPDATE` of all rows). What is put together by a block is not seen; where several
 * such expressions follow each other, no way back is known.
 *
 * @param handingOn of the forward script
 * @param sides before the migration and after it, with the names of each
 */
export function waysBack(handingOn: HandingOn, sides: Sides): WaysBack {
  const ways = new Map<string, Exclude<Inverse, { readonly kind: 'cast' }>>();
  if (handingOn.isIdle) return ways;
  const tables = sides.before.ofKind('table');
  for (const column of tables.flatMap((table) => sides.before.children(table, 'column'))) {
    const now = counterpart(column, sides);
    if (now === null || new Attributes(now).text('generated') !== null) continue;
    const change = new Change(column, now, handingOn);
    const way =
      now.identity === column.identity ? change.inPlace(isName(column, sides.before)) : change.madeAnew();
    if (way.kind !== 'cast') ways.set(column.key, way);
  }
  return ways;
}

const CAST: Inverse = { kind: 'cast' };
const UNKNOWN: Inverse = { kind: 'unknown' };

/** One column, and what it has become. */
class Change {
  readonly #before: CatalogObject;
  readonly #after: CatalogObject;
  readonly #handingOn: HandingOn;
  readonly #was: string;
  readonly #is: string;

  constructor(before: CatalogObject, after: CatalogObject, handingOn: HandingOn) {
    this.#before = before;
    this.#after = after;
    this.#handingOn = handingOn;
    [this.#was = '', this.#is = ''] = [before, after].map((one) => new Attributes(one).text('type') ?? '');
  }

  /**
   * Where it is the same column.
   * @param isNumbered whether its numbers only say which row is meant
   */
  inPlace(isNumbered: boolean): Inverse {
    const steps = this.#handingOn.setting(this.#before);
    const conversions = steps.filter(({ filling }) => filling.assignment.does === 'converts');
    const isTranslated = steps.some((step) => isOfAllRows(step) && this.#isTranslation(step));
    const isKept =
      this.#was === this.#is
        ? isNumbered || !isMeasure(this.#is)
        : JSON_TYPE.test(this.#was) && JSON_TYPE.test(this.#is);
    if (isTranslated && !isKept) return this.#orText(UNKNOWN);
    const [only] = conversions;
    if (only === undefined) return CAST;
    if (conversions.length > 1) return UNKNOWN;
    return this.#asOfType(this.#inverse(only));
  }

  /** Where it is another column in its place. */
  madeAnew(): Inverse {
    const handed = this.#handingOn.to(this.#after);
    if (handed.length === 0) return CAST;
    const names = namesFrom(this.#before, this.#handingOn.statements);
    const ways = handed.map((one): Inverse => {
      const called = one.kind === 'body' ? null : (names[one.filling.place] ?? null);
      if (one.kind === 'body' || called === null || one.filling.assignment.from !== called.table)
        return UNKNOWN;
      if (one.given.kind === 'as-it-is') return CAST;
      const way = this.#inverse({ ...one, called });
      return way.kind === 'cast' || isOfAllRows({ ...one, called }) ? way : UNKNOWN;
    });
    const isOne = new Set(ways.map((way) => JSON.stringify(way))).size === 1;
    return this.#orText(this.#asOfType(isOne ? (ways[0] ?? UNKNOWN) : UNKNOWN));
  }

  /** Of what it was itself, and no tidier form of that. */
  #isTranslation({ filling, given, called }: SetColumn): boolean {
    const { does, from } = filling.assignment;
    if (does !== 'sets-values' || from !== called.table || given.kind !== 'expression') return false;
    return isOver(given.node, called.column ?? '') && !isTidied(given.node, called.column ?? '');
  }

  #inverse({ given, called }: SetColumn): Inverse {
    if (given.kind !== 'expression') return UNKNOWN;
    return inverseOf(given.node, {
      name: called.column ?? '',
      called: columnName(this.#before),
      was: this.#was,
      is: this.#is,
    });
  }

  /** Without a step that gives a type there is none that could convert. */
  #asOfType(way: Inverse): Inverse {
    return way.kind === 'expression' && this.#was === this.#is ? UNKNOWN : way;
  }

  /** Between types of text a newer text stands as it is. */
  #orText(way: Inverse): Inverse {
    return isString(this.#was) && isString(this.#is) ? CAST : way;
  }
}

/** Whether a column is of a primary or foreign key: what is in it says which row is meant, and is no amount. */
function isName(column: CatalogObject, before: Side): boolean {
  return before.onTable(column.table ?? '').some((object) => {
    if (object.traits.kind !== 'constraint') return false;
    const columns = KEY.exec(new Attributes(object).text('definition') ?? '')?.[1];
    return columns !== undefined && namesIn(columns).includes(columnName(column));
  });
}

const KEY = /^(?:PRIMARY|FOREIGN) KEY \(([^)]*)\)/;

const JSON_TYPE = /^jsonb?$/;

/** Whether all rows get the value, but perhaps those in which there is none. */
function isOfAllRows({ filling, called }: SetColumn): boolean {
  const { condition } = filling.assignment;
  if (condition === null) return true;
  const { NullTest: test } = condition as { NullTest?: { arg?: unknown; nulltesttype?: string } };
  return test?.nulltesttype === 'IS_NOT_NULL' && lastName(test.arg) === called.column;
}

function isOver(node: unknown, name: string): boolean {
  let isNamed = false;
  visit(node, (one) => {
    isNamed ||= lastName(one) === name;
  });
  return isNamed;
}
