import type { Session } from '../../src/postgres/session.ts';
import {
  type CatalogText,
  judgeInTransaction,
  OwnCatalogJudge,
  type Scope,
} from '../oracles/catalog-judge.ts';
import { openRowsJudge, type RowsJudge, type RowsText } from '../oracles/rows-judge.ts';

/** What two judges that share no code with the engine say of a database, without what migrations set aside in it. */
export interface DatabasePicture {
  readonly catalog: CatalogText;
  readonly rows: RowsText;
}

/**
 * @param session on the database, outside of a transaction
 * @param url of the same database
 * @param scope `cluster` where nobody else works on the server
 */
export async function pictureOf(
  session: Session,
  url: string,
  scope: Scope = 'database',
): Promise<DatabasePicture> {
  return { catalog: await catalogOf(session, scope), rows: await rowsOf(url) };
}

/** What hangs on the stash would go with it here, and be missing from the picture. */
async function catalogOf(session: Session, scope: Scope): Promise<CatalogText> {
  await session.query('begin');
  try {
    await session.query(WITHOUT_STASH);
    return await judgeInTransaction(session, scope);
  } finally {
    await session.query('rollback');
  }
}

const WITHOUT_STASH = 'drop schema if exists pivotal_flow_stash cascade';

async function rowsOf(url: string): Promise<RowsText> {
  const judge = await openRowsJudge(url);
  try {
    return withoutStash(await judge.judge());
  } finally {
    await judge.close();
  }
}

function withoutStash({ tables, sequences }: RowsText): RowsText {
  const own = [...tables].filter(([name]) => !name.startsWith('pivotal_flow_stash.'));
  return {
    tables: new Map(own.map(([name, table]) => [name, { ...table, rows: table.rows.toSorted() }])),
    sequences,
  };
}

/** Takes pictures of one database again and again over one connection, of what users made in it. */
export class Camera {
  readonly #catalog: OwnCatalogJudge;
  readonly #rows: RowsJudge;

  private constructor(catalog: OwnCatalogJudge, rows: RowsJudge) {
    this.#catalog = catalog;
    this.#rows = rows;
  }

  /**
   * @param url of the database
   * @param catalogs names of those that are looked at
   */
  static async on(url: string, catalogs: ReadonlySet<string>): Promise<Camera> {
    const rows = await openRowsJudge(url);
    return new Camera(await OwnCatalogJudge.on((sql) => rows.ask(sql), catalogs), rows);
  }

  async picture(): Promise<DatabasePicture> {
    return { catalog: await this.#catalog.judge(WITHOUT_STASH), rows: await this.rows() };
  }

  async rows(): Promise<RowsText> {
    return withoutStash(await this.#rows.judge());
  }

  close(): Promise<void> {
    return this.#rows.close();
  }
}
