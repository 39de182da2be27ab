import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import { namesIn } from './row-key.ts';

/** What a foreign key says, with names as PostgreSQL prints them. */
export interface References {
  readonly columns: readonly string[];
  readonly target: string;
  readonly targets: readonly string[];
  /** What stands behind the columns. */
  readonly actions: string;
}

/** @returns `null` for a constraint that is no foreign key */
export function references(constraint: CatalogObject): References | null {
  const found = FOREIGN_KEY.exec(new Attributes(constraint).text('definition') ?? '');
  if (found === null) return null;
  const [, columns = '', target = '', targets = '', actions = ''] = found;
  return { columns: namesIn(columns), target, targets: namesIn(targets), actions };
}

const FOREIGN_KEY = /^FOREIGN KEY \((.*?)\) REFERENCES ((?:"(?:[^"]|"")*"|[^"(])+)\((.*?)\)(.*)$/s;
