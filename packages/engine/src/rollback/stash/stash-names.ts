import type { CatalogObject } from '../../catalog/model.ts';
import { clipped } from '../../sql/clip-name.ts';
import { partsOfName, unquotedPart } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { STASH_SCHEMA } from '../../sql/reserved-names.ts';

/** The table, quoted and qualified, that holds what a migration sets aside of a table. */
export function stashName(migration: string, table: CatalogObject): string {
  return inStash(clipped(plainName(migration, table), ''));
}

/** The one that holds a copy of a table which the migration made; another table may have had its name before. */
export function copyName(migration: string, table: CatalogObject): string {
  return inStash(clipped(plainName(migration, table), ' carried'));
}

function inStash(name: string): string {
  return `${STASH_SCHEMA}.${quoteIdentifier(name)}`;
}

function plainName(migration: string, table: CatalogObject): string {
  return `${migration}__${partsOfName(table.name).map(unquotedPart).join('.')}`;
}
