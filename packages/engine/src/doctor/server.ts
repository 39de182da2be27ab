import type { MigrationSet } from '../migrations/model.ts';
import { wantedExtensions } from '../migrations/wanted-extensions.ts';
import { openServer } from '../postgres/open-server.ts';
import type { Server } from '../postgres/server.ts';
import { parseServerOption } from '../postgres/server-request.ts';
import type { Surroundings } from '../postgres/surroundings.ts';
import type { Finding } from '../report/report.ts';

/** A server that could be used, and what is to be said of it. */
export interface ServerFound {
  readonly kind: Server['kind'];
  readonly version: string;
  readonly findings: readonly Finding[];
}

/**
 * Starts or reaches the server and creates a database on it, as `verify` would.
 * @param request the `--server` option, and the migrations whose extensions are looked for
 * @throws InputError when the option cannot be understood
 * @throws EnvironmentError when there is no server, or our role may not create databases
 */
export async function checkServer(
  request: { readonly option: string | undefined; readonly set: MigrationSet | null },
  surroundings: Surroundings,
): Promise<ServerFound> {
  const started = surroundings.now();
  const server = await openServer(parseServerOption(request.option ?? 'embedded'), surroundings);
  const seconds = ((surroundings.now() - started) / 1000).toFixed(1);
  try {
    const extensions = await availableExtensions(server);
    const { kind, version } = server;
    const how =
      kind === 'embedded' ? `started in ${seconds} s` : `reached in ${seconds} s; databases can be created`;
    const ready: Finding = {
      code: 'server',
      severity: 'notice',
      message: `${server.description}: ${how}`,
      fix: null,
      file: null,
      line: null,
    };
    return { kind, version, findings: [ready, ...missingExtensions(request.set, extensions)] };
  } finally {
    await server.close();
  }
}

async function availableExtensions(server: Server): Promise<ReadonlySet<string>> {
  const session = await server.connect(await server.createDatabase());
  const rows = await session.query('SELECT name::text AS name FROM pg_catalog.pg_available_extensions');
  return new Set(rows.map((row) => String(row['name'])));
}

function missingExtensions(set: MigrationSet | null, available: ReadonlySet<string>): Finding[] {
  const wanted = set === null ? [] : wantedExtensions(set);
  const lacking = wanted.filter(({ name }) => !available.has(name));
  if (wanted.length > 0 && lacking.length === 0) {
    const names = wanted.map(({ name }) => name).join(', ');
    return [
      {
        code: 'extensions',
        severity: 'notice',
        message: `the server has every extension that is asked for: ${names}`,
        fix: null,
        file: null,
        line: null,
      },
    ];
  }
  return lacking.map(({ name, script, line }) => ({
    code: 'missing-extension',
    severity: 'warning',
    message: `the server lacks the extension "${name}", so that what needs it comes out unchecked`,
    fix: 'name a server that has it: --server postgres://user:password@host:5432/postgres',
    file: script.file,
    line,
  }));
}
