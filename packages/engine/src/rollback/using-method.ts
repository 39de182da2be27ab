import type { CatalogObject } from '../catalog/model.ts';
import { type Draft, statements } from './draft.ts';
import { renamed } from './kind-defaults.ts';
import type { NewName } from './kind-writer.ts';

/** Name and access method of `public.x using btree`, as operator classes and families are called. */
export function nameAndMethod({ name }: CatalogObject): { name: string; method: string } {
  const end = name.lastIndexOf(' using ');
  return { name: name.slice(0, end), method: name.slice(end + ' using '.length) };
}

/** What the writers of both have in common. @param what `OPERATOR CLASS` */
export function usingMethod(what: string) {
  const called = (object: CatalogObject) => {
    const { name, method } = nameAndMethod(object);
    return `${name} USING ${method}`;
  };
  return {
    designation: (object: CatalogObject): string => `${what} ${called(object)}`,
    drop: (object: CatalogObject): Draft => statements(`DROP ${what} IF EXISTS ${called(object)}`),
    rename: (object: CatalogObject, to: NewName): Draft => renamed(`ALTER ${what} ${called(object)}`, to),
  };
}
