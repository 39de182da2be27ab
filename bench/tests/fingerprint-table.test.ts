import { surroundingsOf } from '@pivotal-flow/engine';
import { expect, test } from 'vitest';
import { readTables } from '../../packages/engine/src/data/read-tables.ts';
import { readContents } from '../../packages/engine/src/data/table-content.ts';
import { openServer } from '../../packages/engine/src/postgres/open-server.ts';
import { fingerprintTable } from '../src/fingerprint-table.ts';

const silent = surroundingsOf(process, () => {});

test('the table has as many types as columns, NULL in half of them, and the same rows every time', async () => {
  const server = await openServer({ kind: 'embedded', major: null }, silent);
  try {
    const sums = async (rows: number) => {
      const session = await server.connect(await server.createDatabase());
      for (const text of fingerprintTable(rows)) await session.execute(text);
      const tables = await readTables(session);
      expect(tables[0]?.key).toEqual(['id']);
      expect(new Set(tables[0]?.columns.map(({ type }) => type)).size).toBe(11);
      const statistics = await session.query(
        `SELECT attname FROM pg_stats WHERE tablename = 'record' AND null_frac BETWEEN 0.01 AND 0.5`,
      );
      expect(statistics).toHaveLength(6);
      const [content] = await readContents(session, tables, 0);
      await session.close();
      return content?.kind === 'sums' ? content.sums : [];
    };
    const once = await sums(1500);
    expect(new Set(once).size).toBe(11);
    expect(await sums(1500)).toEqual(once);
  } finally {
    await server.close();
  }
});
