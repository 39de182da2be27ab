import type { CatalogObject } from '../../catalog/model.ts';
import type { Statement } from '../../sql/statement.ts';
import type { Sides } from '../side.ts';
import { type Filling, fillingsInBodies, fillingsOf, type ReadFilling } from './filling.ts';
import { type Given, givenTo, isConstant, isForSomeRows } from './given.ts';
import { type Called, calledThrough, type NamesThrough, namesFrom, namesUpTo } from './script-names.ts';
import { lostFrom, meet, reads, type Source, sourcesIn } from './sources.ts';

/** A statement by which a column has what was in something that is destroyed. */
export type HandedOn =
  | { readonly kind: 'read'; readonly filling: ReadFilling; readonly given: Given }
  /** Somewhere in the source of a block or function. */
  | { readonly kind: 'body' };

/** A statement that gives something to a column. */
export interface SetColumn {
  readonly filling: ReadFilling;
  readonly given: Given;
  /** What the column is called by then, or the one that the statement reads. */
  readonly called: Called;
}

/** What a forward script hands on from what it destroys to what it leaves. */
export class HandingOn {
  readonly statements: readonly Statement[];
  readonly #fillings: readonly Filling[];
  readonly #sources: readonly Source[];
  readonly #sides: Sides;

  /**
   * @param statements of the forward script; the parser must be loaded
   * @param bodies sources of functions that it calls
   * @param sides before the migration and after it, with the names of each
   */
  constructor(statements: readonly Statement[], bodies: readonly string[], sides: Sides) {
    this.statements = statements;
    this.#sides = sides;
    this.#fillings = [...fillingsOf(statements), ...fillingsInBodies(bodies)];
    this.#sources = this.#fillings.length === 0 ? [] : sourcesIn(statements, this.#fillings, sides);
  }

  /** Whether there is nothing that could be handed on. */
  get isIdle(): boolean {
    return this.#fillings.length === 0;
  }

  /**
   * By what a column has values from something that is destroyed, or from the column or table whose name it or its table took; a value that
   * is the same for all rows is none.
   * @param column after the script
   */
  to(column: CatalogObject): HandedOn[] {
    if (this.isIdle) return [];
    const names = namesUpTo(column, this.statements);
    const sources = [...this.#sources, ...this.#nameGivers(column)];
    return this.#fillings.flatMap((filling): HandedOn[] => {
      if (filling.kind === 'body')
        return isNamedIn(filling, names) && isFed(filling, sources, names) ? [{ kind: 'body' }] : [];
      const called = names[filling.place] ?? null;
      const given = called === null ? null : givenTo(filling, called, column.position);
      if (given === null || !isFed(filling, sources, names)) return [];
      if (isConstant(given) && !isForSomeRows(filling.assignment)) return [];
      return [{ kind: 'read', filling, given }];
    });
  }

  /**
   * Statements that give something to a column, whatever that is.
   * @param column before the script
   */
  setting(column: CatalogObject): SetColumn[] {
    if (this.isIdle) return [];
    const names = namesFrom(column, this.statements);
    return this.#fillings.flatMap((filling) => {
      const called = names[filling.place] ?? null;
      if (filling.kind === 'body' || called === null) return [];
      const given = givenTo(filling, called, column.position);
      return given === null ? [] : [{ filling, given, called }];
    });
  }

  /** What had the name of a column, or of its table, before, and has another one now. */
  #nameGivers(column: CatalogObject): Source[] {
    const { before, after } = this.#sides;
    return [column.key, column.parent ?? ''].flatMap((key) => {
      const [named, now] = [before.get(key), after.get(key)];
      if (named === undefined || named.identity === now?.identity) return [];
      return after.byIdentity(named.identity) === undefined ? [] : [lostFrom(named, this.statements)];
    });
  }
}

/** Whether a block or function names a table, or a column of it, by what that is called on the way. */
function isNamedIn({ words }: Filling, names: NamesThrough): boolean {
  const { tables, columns } = calledThrough(names);
  return meet(words, tables) && (columns === null || meet(words, columns));
}

function isFed(filling: Filling, sources: readonly Source[], names: NamesThrough): boolean {
  const target = names[filling.place]?.table ?? '';
  return sources.some((source) => reads(filling, source, target));
}
