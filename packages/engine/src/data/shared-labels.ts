import type { EnumLabel } from '../catalog/dependencies.ts';

/**
 * Labels of an enum that are labels at another moment as well. They are told apart by their rows of `pg_enum`, which a rename keeps;
 * by their texts where the type is another one, which has none of those rows.
 */
export function sharedLabels(labels: readonly EnumLabel[], others: readonly EnumLabel[]): EnumLabel[] {
  const oids = new Set(others.map(({ oid }) => oid));
  const same = labels.filter(({ oid }) => oids.has(oid));
  if (same.length > 0) return same;
  const texts = new Set(others.map(({ label }) => label));
  return labels.filter(({ label }) => texts.has(label));
}

/** The texts of labels. */
export function textsOf(labels: readonly EnumLabel[]): string[] {
  return labels.map(({ label }) => label);
}
