import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import { statements } from '../draft.ts';
import type { KindWriter } from '../kind-writer.ts';

/** CREATE OR REPLACE TRANSFORM; it has no name and no owner. */
export const transform: KindWriter = {
  designation: (object) => `TRANSFORM ${target(object)}`,
  grantedOn: () => null,
  drop: (object) => statements(`DROP TRANSFORM IF EXISTS ${target(object)}`),
  create: (object) => statements(creation(object)),
  alter: ({ before }) => statements(creation(before)),
  rename: () => statements(),
};

function target({ name }: CatalogObject): string {
  return name.replace(/^for /, 'FOR ').replace(/ language (?=\S+$)/, ' LANGUAGE ');
}

function creation(object: CatalogObject): string {
  const attributes = new Attributes(object);
  const [from, to] = [attributes.text('fromSql'), attributes.text('toSql')];
  const functions = [
    ...(from === null ? [] : [`FROM SQL WITH FUNCTION ${from}`]),
    ...(to === null ? [] : [`TO SQL WITH FUNCTION ${to}`]),
  ];
  return `CREATE OR REPLACE TRANSFORM ${target(object)} (${functions.join(', ')})`;
}
