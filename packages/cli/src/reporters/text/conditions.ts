import type { MigrationReport } from '@pivotal-flow/engine';
import { hang, oneLine } from '../fit.ts';
import type { View } from './view.ts';

/** Which rows would make the rollback refuse, what the server says then, and how to count them. */
export function conditionLines({ conditions }: MigrationReport, { colours, columns }: View): string[] {
  return conditions.flatMap(({ table, kind, why, countSql, error }) => {
    // Of ordinary writes it is said what they were to.
    const when = table === null || kind === 'ordinary' ? `after ${why}` : `where ${table} has ${why}`;
    const code = error.sqlstate === null ? 'error' : `error ${error.sqlstate}`;
    return [
      ...hang('  ', oneLine(`the rollback refuses, and changes nothing, ${when}:`), columns),
      `    ${colours.cyan(`${error.file}:${error.line}:${error.column}`)}`,
      ...hang('    ', oneLine(`${code}: ${error.message}`), columns),
      // Meant to be copied, so it is never broken into lines.
      ...(countSql === null ? [] : [`    count them: ${colours.green(oneLine(countSql))}`]),
    ];
  });
}
