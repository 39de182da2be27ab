import type { Problem } from '../errors/problem.ts';
import { splitScript } from '../sql/split-script.ts';
import type { Statement } from '../sql/statement.ts';
import {
  type ClientPart,
  clientPartsOf,
  copiesFromClient,
  psqlProblem,
  withoutParts,
} from './client-parts.ts';
import type { Script } from './model.ts';

/** What only `psql` understands, and the statements that are left without it. */
export interface ClientCommands {
  readonly problems: readonly Problem[];
  readonly statements: readonly Statement[];
}

/**
 * Finds what only `psql` understands: its commands (`\connect`, `\i` …) and `COPY … FROM stdin` with its
 * data. Both stop PostgreSQL's parser, so they are looked for only where it refused the script. What is found is blanked
 * out and the rest parsed again.
 *
 * @param script the script as it was read
 * @param breakpoints as in {@link splitScript}
 */
export function clientCommandsIn(
  script: Pick<Script, 'file' | 'text' | 'statements' | 'refusal'>,
  breakpoints: boolean,
): ClientCommands {
  const { file, text } = script;
  const parts = script.refusal === null ? [] : clientPartsOf(text);
  const { statements } = parts.length === 0 ? script : splitScript(withoutParts(text, parts), breakpoints);
  const withData = new Set(parts.flatMap((part) => (part.kind === 'copy' ? [part.statementLine] : [])));
  // Without data as well it makes the server wait for them.
  const copies = statements.filter((one) => copiesFromClient(one) && !withData.has(one.line));
  return {
    problems: [
      ...parts.map((part) => problemOf(file, part)),
      ...copies.map(({ line }) => copyProblem(file, line)),
    ],
    statements,
  };
}

function problemOf(file: string, part: ClientPart): Problem {
  return part.kind === 'copy' ? copyProblem(file, part.statementLine) : psqlProblem(file, part);
}

function copyProblem(file: string, line: number): Problem {
  return {
    code: 'copy-from-stdin',
    message: `${file} copies data from the client (COPY … FROM stdin), which a migration cannot do without psql`,
    fix: 'Write the rows as INSERT statements (pg_dump --inserts writes them so)',
    file,
    line,
  };
}
