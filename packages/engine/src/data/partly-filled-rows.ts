import { namedRelations } from '../sql/named-relations.ts';
import { scanSql } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { Statement } from '../sql/statement.ts';
import type { SingledOut } from './singled-out.ts';
import { isNamedIn, type TableShape } from './table-shape.ts';

/** Columns of one table that are looked at; more of them mostly say the same once more. */
const MOST_COLUMNS = 6;

/**
 * For each column that may be NULL and that a statement reads, changes or drops: a row in which it alone of such columns
 * is NULL, and one in which it alone has a value. What is moved on some condition is seen to be lost in others then.
 * @param statements of both scripts; the parser must be loaded
 */
export function partlyFilledRows(
  statements: readonly Statement[],
  tables: readonly TableShape[],
): SingledOut[] {
  const concerned = statements.flatMap((statement) => {
    const words = wordsOf(statement);
    return words.size === 0 ? [] : [{ words, named: namedRelations([statement]) }];
  });
  return tables.flatMap((table) => {
    const words = concerned.flatMap(({ words: own, named }) => (isNamedIn(table, named) ? [...own] : []));
    const [relation] = table.relations;
    const nullable = table.columns.filter(({ notNull, filled }) => !notNull && filled === 'by-writer');
    if (relation === undefined || nullable.length < 2) return [];
    const named = new Set(words);
    const looked = nullable.filter(({ name }) => named.has(name)).slice(0, MOST_COLUMNS);
    return looked.flatMap(({ name }) =>
      (['is null', 'is not null'] as const).map((own) => ({
        schema: relation.schema,
        table: relation.name,
        conditions: nullable.map((column) => {
          const others = own === 'is null' ? 'is not null' : 'is null';
          return `${quoteIdentifier(column.name)} ${column.name === name ? own : others}`;
        }),
      })),
    );
  });
}

const READ_OR_CHANGE: ReadonlySet<string | null> = new Set([
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'InsertStmt',
  'CreateTableAsStmt',
]);

/** Identifiers of a statement that reads or changes rows, or the columns that it drops or gives another type. */
function wordsOf({ type, tree, text }: Statement): ReadonlySet<string> {
  if (type === 'AlterTableStmt') {
    const commands = (tree['cmds'] ?? []) as readonly {
      AlterTableCmd?: { subtype?: string; name?: string };
    }[];
    const columns = commands.flatMap(({ AlterTableCmd: command }) =>
      /^AT_(?:DropColumn|AlterColumnType)$/.test(command?.subtype ?? '') ? (command?.name ?? []) : [],
    );
    return new Set(columns);
  }
  if (!READ_OR_CHANGE.has(type)) return new Set();
  return new Set(
    (scanSql(text) ?? []).map(({ text: word }) =>
      word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word.toLowerCase(),
    ),
  );
}
