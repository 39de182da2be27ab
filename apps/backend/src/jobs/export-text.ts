import { type SQL, sql } from 'drizzle-orm';
import type { Database, Queries } from '../db/database.ts';
import { csvLine, type ExportValue } from './csv-line.ts';
import type { WrittenFormat } from './export-subjects.ts';

type ExportRow = Readonly<Record<string, ExportValue>>;

const PAGE = 1_000;

/**
 * Reads an organization's rows as one picture of one moment, and hands on the text of the file piece by piece, so that
 * an export of any size needs the memory of a page of rows.
 * @param write receives the pieces; the next page is read when it is done with the last
 */
export async function writeExportText(
  database: Database,
  { organizationId, rows, format }: { organizationId: string; rows: SQL; format: WrittenFormat },
  write: (text: string) => Promise<void>,
): Promise<void> {
  await database.inOrganization(
    organizationId,
    async (queries) => {
      // The columns are known before the first row, so that an empty export has its header as well.
      const columns = await columnsOf(queries, rows);
      await queries.execute(sql`DECLARE export_rows NO SCROLL CURSOR FOR ${rows}`);
      const print = format === 'csv' ? csvPrinter(columns) : jsonPrinter();
      await write(print.beginning);
      for (;;) {
        const page = await queries.execute<ExportRow>(sql.raw(`FETCH ${PAGE} FROM export_rows`));
        if (page.rows.length > 0) await write(print.page(page.rows));
        if (page.rows.length < PAGE) break;
      }
      await write(print.end);
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function columnsOf(queries: Queries, rows: SQL): Promise<readonly string[]> {
  const { fields } = await queries.execute(sql`SELECT * FROM (${rows}) AS rows LIMIT 0`);
  return fields.map((field) => field.name);
}

interface Printer {
  readonly beginning: string;
  readonly page: (rows: readonly ExportRow[]) => string;
  readonly end: string;
}

function csvPrinter(columns: readonly string[]): Printer {
  return {
    beginning: csvLine(columns),
    page: (rows) => rows.map((row) => csvLine(columns.map((column) => row[column] ?? null))).join(''),
    end: '',
  };
}

/** One array, a row to a line, so that line tools can read it as well. */
function jsonPrinter(): Printer {
  let separator = '\n';
  return {
    beginning: '[',
    page: (rows) => {
      const text = separator + rows.map((row) => JSON.stringify(row)).join(',\n');
      separator = ',\n';
      return text;
    },
    end: '\n]\n',
  };
}
