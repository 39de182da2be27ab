import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as schemaEngine from '@prisma/schema-engine-wasm/schema_engine_bg';

/** Answers the only question that the engine asks a database before it compares two schemas: which version it has. */
const ANSWER = {
  ok: true,
  value: {
    columnNames: ['exists', 'version', 'numeric_version'],
    columnTypes: [5, 7, 0],
    rows: [[true, 'PostgreSQL 17.0', 170000]],
  },
};

function refuse(name: string) {
  return () => {
    throw new Error(`Prisma called ${name}: a comparison with nothing must not touch a database`);
  };
}

const CONNECTION = {
  adapterName: 'offline',
  provider: 'postgres',
  queryRaw: async () => ANSWER,
  executeRaw: refuse('executeRaw'),
  executeScript: refuse('executeScript'),
  startTransaction: refuse('startTransaction'),
  getConnectionInfo: () => ({ ok: true, value: { schemaName: 'public', supportsRelationJoins: true } }),
  dispose: async () => ({ ok: true, value: undefined }),
};

const ADAPTER = {
  adapterName: 'offline',
  provider: 'postgres',
  errorRegistry: { consumeError: () => undefined },
  connect: async () => ({ ok: true, value: CONNECTION }),
  connectToShadowDb: async () => ({ ok: true, value: CONNECTION }),
};

type WasmExports = Readonly<Record<string, unknown>>;

/** Node's, of which only the types of the browser's are there to be had. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: Record<string, unknown>): Promise<{ readonly exports: WasmExports }>;
};

/** As the engine's bindings export it; they come without types that fit what they load. */
interface Bindings {
  __wbg_set_wasm(exports: WasmExports): void;
  readonly SchemaEngine: {
    new: (
      options: object,
      log: () => void,
      adapter: typeof ADAPTER,
    ) => Promise<{ diff(request: object): Promise<{ stdout: string }> }>;
  };
}

/**
 * Turns a Prisma schema into the SQL that makes it in an empty database, by Prisma's own schema engine.
 * @param path of the file
 * @throws what the engine throws when the schema is not valid
 */
export async function prismaDdl(path: string): Promise<string> {
  const bindings = await loadBindings();
  const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, ADAPTER);
  // This engine takes the connection's URL from elsewhere and refuses it here.
  const content = (await readFile(path, 'utf8')).replace(/^\s*url\s*=.*$/m, '');
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout;
}

async function loadBindings(): Promise<Bindings> {
  const bindings = schemaEngine as unknown as Bindings;
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const module = await WebAssembly.compile(await readFile(script.replace(/\.js$/, '.wasm')));
  const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return bindings;
}
