import type { Session } from '../../src/postgres/session.ts';
import { type CatalogText, judgeInTransaction, type Scope } from '../oracles/catalog-judge.ts';
import { openRowsJudge, type RowsText } from '../oracles/rows-judge.ts';

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
    await session.query('drop schema if exists pivotal_flow_stash cascade');
    return await judgeInTransaction(session, scope);
  } finally {
    await session.query('rollback');
  }
}

async function rowsOf(url: string): Promise<RowsText> {
  const judge = await openRowsJudge(url);
  try {
    const { tables, sequences } = await judge.judge();
    const own = [...tables].filter(([name]) => !name.startsWith('pivotal_flow_stash.'));
    return {
      tables: new Map(own.map(([name, table]) => [name, { ...table, rows: table.rows.toSorted() }])),
      sequences,
    };
  } finally {
    await judge.close();
  }
}
