import { asItWasCalled } from './as-it-was-called.ts';
import { byKey, compareContents } from './compare-contents.ts';
import type { AroundRollback, Exempt } from './kept-through.ts';
import type { TableContent } from './table-content.ts';

/** Values that were written since the migration and that the rollback gave another form. */
export interface Conversion {
  /** By the names of the earlier schema. */
  readonly table: string;
  readonly column: string;
  readonly rows: number;
  /** One value, as it was written and as it came back. */
  readonly example: { readonly written: string | null; readonly cameBack: string | null };
}

/**
 * What became of values in the columns that a rollback may convert: those that the forward script rewrites, and those
 * that were written since in a way which the earlier schema cannot hold. Only rows that were written since count, as
 * far as a key tells them apart.
 */
export function conversionsOf(around: AroundRollback, exempt: Exempt | null): Conversion[] {
  const { before, applied, lived, end } = around;
  const names = [...before.contents.values()];
  const [was, is] = [applied, lived].map((state) => asItWasCalled(names, [...state.contents.values()]));
  const rewritten = compareContents(names, was ?? []);
  return names.flatMap((content) => {
    const columns = content.columns.filter(
      (name) =>
        rewritten.some(({ table, column }) => table === content.table && column === name) ||
        (exempt?.table === content.table && exempt.columns.includes(name)),
    );
    if (columns.length === 0) return [];
    const moments = [was, is, [...end.contents.values()]].map((contents) =>
      contents?.find(({ table }) => table === content.table),
    );
    return columns.flatMap((column) => conversionIn(column, moments));
  });
}

function conversionIn(column: string, moments: readonly (TableContent | undefined)[]): Conversion[] {
  const [was, is, end] = moments;
  if (was?.kind !== 'rows' || is?.kind !== 'rows' || end?.kind !== 'rows' || is.key === null) return [];
  const [earlier, written, back] = [was, is, end].map((content) => byKey(content, is.key ?? []));
  const [place, placeBack] = [is.columns.indexOf(column), end.columns.indexOf(column)];
  const converted = [...(written ?? [])].flatMap(([key, row]) => {
    const now = back?.get(key);
    const isOld = JSON.stringify(earlier?.get(key)) === JSON.stringify(row);
    const values = { written: row[place] ?? null, cameBack: now?.[placeBack] ?? null };
    return isOld || now === undefined || values.written === values.cameBack ? [] : [values];
  });
  const [example] = converted;
  return example === undefined ? [] : [{ table: end.table, column, rows: converted.length, example }];
}
