import type { CatalogObject } from '../catalog/model.ts';
import { type AlterationDraft, type Draft, inOrder, MAKE_ANEW, statements, unwritten } from './draft.ts';
import { existenceOf } from './existence.ts';
import type { KindWriter } from './kind-writer.ts';

/** What most kinds of objects have in common: `DROP <WHAT> IF EXISTS name`, `ALTER <WHAT> name RENAME TO …`. */
export function named(what: string, writer: Pick<KindWriter, 'create'> & Partial<KindWriter>): KindWriter {
  return {
    designation: ({ name }) => `${what} ${name}`,
    grantedOn: () => null,
    drop: ({ name }) => statements(`DROP ${what} IF EXISTS ${name}`),
    alter: () => MAKE_ANEW,
    rename: (object, to) => onlyIfThere(object, renamed(`ALTER ${what} ${object.name}`, to)),
    ...writer,
  };
}

/** ALTER TYPE and the like know no IF EXISTS. */
function onlyIfThere(object: CatalogObject, draft: Draft): Draft {
  const onlyIf = existenceOf(object);
  return { ...draft, statements: draft.statements.map(({ sql }) => ({ sql, onlyIf })) };
}

/** A kind that no rollback script is written for. */
export function untouched(why: string): KindWriter {
  const draft = (object: CatalogObject): Draft => unwritten(`${object.traits.kind} ${object.name}: ${why}`);
  return {
    designation: () => null,
    grantedOn: () => null,
    drop: draft,
    create: draft,
    alter: untold(why),
    rename: draft,
  };
}

/** A kind that is taken away where the migration made it, and neither made nor changed. */
export function onlyDropped(what: string, why: string): KindWriter {
  return { ...untouched(why), drop: ({ name }) => statements(`DROP ${what} IF EXISTS ${name}`) };
}

function untold(why: string): KindWriter['alter'] {
  return ({ before }): AlterationDraft => unwritten(`${before.traits.kind} ${before.name}: ${why}`);
}

/** `ALTER … RENAME TO` and `ALTER … SET SCHEMA`, the schema last, under the new name. */
export function renamed(alter: string, to: { schema: string | null; name: string | null }): Draft {
  const drafts: Draft[] = [];
  if (to.schema !== null) drafts.push(statements(`${alter} SET SCHEMA ${to.schema}`));
  if (to.name !== null) drafts.push(statements(`${alter} RENAME TO ${to.name}`));
  return inOrder(...drafts);
}
