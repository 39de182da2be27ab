import type { Row, Session } from '../../postgres/session.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import {
  type KindReader,
  PICKABLE_CATALOGS,
  type PickableCatalog,
  type ReadContext,
} from '../kind-reader.ts';
import { KIND_READERS } from '../kind-readers.ts';
import { KINDS, type Kind } from '../model.ts';
import type { Owner } from './catalog-rows.ts';

/** Kinds that may belong to a row of each catalog. */
const KINDS_OF: Readonly<Record<PickableCatalog, readonly Kind[]>> = {
  pg_class: ['table', 'view', 'materialized-view', 'composite', 'column', 'sequence', 'index', 'constraint'],
  pg_constraint: ['constraint'],
  pg_namespace: ['schema'],
  pg_policy: ['policy'],
  pg_proc: ['routine', 'aggregate'],
  pg_rewrite: ['rule'],
  pg_statistic_ext: ['statistics'],
  pg_trigger: ['trigger'],
  pg_type: ['enum', 'domain'],
};

const KINDS_OF_RELATION: Readonly<Record<string, readonly Kind[]>> = {
  r: ['table', 'column'],
  p: ['table', 'column'],
  v: ['view', 'column'],
  m: ['materialized-view', 'column'],
  c: ['composite'],
  S: ['sequence'],
  i: ['index', 'constraint'],
  I: ['index', 'constraint'],
  // TOAST tables and their indexes: their options are told with the table.
  t: [],
};

/** Whether objects can be read one by one by this owner. */
export function isPickable(owner: Owner): boolean {
  const catalog = owner.slice(0, owner.indexOf('/'));
  return (PICKABLE_CATALOGS as readonly string[]).includes(catalog);
}

/** The OIDs to read for each kind. */
export type Picks = ReadonlyMap<Kind, ReadonlyMap<PickableCatalog, ReadonlySet<string>>>;

/**
 * Which kinds have to be asked about which OIDs.
 * @param owners all of them pickable
 * @param relationKind `relkind` by OID, where it is known
 */
export function picksFor(owners: Iterable<Owner>, relationKind: (oid: string) => string | undefined): Picks {
  const picks = new Map<Kind, Map<PickableCatalog, Set<string>>>();
  for (const owner of owners) {
    const [catalog, oid] = owner.split('/') as [PickableCatalog, string];
    const relation = catalog === 'pg_class' ? KINDS_OF_RELATION[relationKind(oid) ?? ''] : undefined;
    for (const kind of relation ?? KINDS_OF[catalog]) {
      const given = picks.get(kind) ?? new Map<PickableCatalog, Set<string>>();
      picks.set(kind, given);
      given.set(catalog, (given.get(catalog) ?? new Set()).add(oid));
    }
  }
  return picks;
}

/** Reads objects of the pickable kinds by OID, with queries that are prepared once. */
export class PickedKinds {
  readonly #session: Session;
  readonly #parameters: ReadonlyMap<Kind, readonly PickableCatalog[]>;

  private constructor(session: Session, parameters: ReadonlyMap<Kind, readonly PickableCatalog[]>) {
    this.#session = session;
    this.#parameters = parameters;
  }

  static async on(session: Session, context: ReadContext): Promise<PickedKinds> {
    const parameters = new Map<Kind, readonly PickableCatalog[]>();
    const statements: string[] = [];
    for (const kind of KINDS) {
      const statement = prepared(kind, KIND_READERS[kind], context, parameters);
      if (statement !== null) statements.push(statement);
    }
    await session.batch(statements.join(';'));
    return new PickedKinds(session, parameters);
  }

  /** @returns the rows of `KindReader.query` for each kind */
  async read(picks: Picks): Promise<[Kind, Row[]][]> {
    if (picks.size === 0) return [];
    const kinds = [...picks.keys()];
    const statements = kinds.map((kind) => {
      const given = (this.#parameters.get(kind) ?? []).map((catalog) =>
        quoteLiteral(`{${[...(picks.get(kind)?.get(catalog) ?? [])].join(',')}}`),
      );
      return `execute pick_${place(kind)}(${given.join(', ')})`;
    });
    const results = await this.#session.batch(statements.join(';'));
    return kinds.map((kind, index) => [kind, results[index] ?? []]);
  }
}

function place(kind: Kind): number {
  return KINDS.indexOf(kind);
}

function prepared(
  kind: Kind,
  reader: KindReader,
  context: ReadContext,
  parameters: Map<Kind, readonly PickableCatalog[]>,
): string | null {
  if (reader.pick === null) return null;
  const given: PickableCatalog[] = [];
  const condition = reader.pick((catalog) => {
    if (!given.includes(catalog)) given.push(catalog);
    return `$${given.indexOf(catalog) + 1}::oid[]`;
  });
  parameters.set(kind, given);
  const types = given.map(() => 'oid[]').join(', ');
  return `prepare pick_${place(kind)}(${types}) as ${reader.query(context)} and ${condition}`;
}
