import { connect, type Socket } from 'node:net';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { normaliseDump, restorableDump } from './dump-text.ts';

/** pg_dump as a judge: the schema as the creators of PostgreSQL write it down. */
export interface DumpJudge {
  /**
   * Dumps the schema of one database.
   * @param url of the database; a unix socket as `postgresql:///name?host=/folder&port=5432&user=postgres`
   * @returns the dump's entries, normalised and sorted; and as SQL that makes the schema in an empty database
   * @throws Error when pg_dump fails, for example since it cannot connect
   */
  judge(url: string): Promise<DumpText>;
  /**
   * Dumps one database with its rows.
   * @param url as for `judge`
   * @returns SQL that makes it in an empty database, over the simple protocol
   * @throws Error when pg_dump fails
   */
  withRows(url: string): Promise<string>;
  /** Dumps the rows of one database alone, as pg_dump writes them. */
  rows(url: string): Promise<string>;
  /** Ends the thread that runs pg_dump. */
  close(): Promise<void>;
}

/** One dump in two forms. */
export interface DumpText {
  /** For comparing. */
  readonly text: string;
  /** For running, over the simple protocol. */
  readonly restorable: string;
}

type Answer = { readonly text: string } | { readonly error: string };

/**
 * Loads pg_dump (18, compiled to WebAssembly; it reads servers of every major from 9.2 on) and keeps it loaded.
 * Dumps run one after the other.
 */
export function openDumpJudge(): DumpJudge {
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const { port1: ours, port2: theirs } = new MessageChannel();
  const worker = new Worker(new URL('./pg-dump-worker.mjs', import.meta.url), {
    workerData: { signal, socketPort: theirs },
    transferList: [theirs],
  });
  ours.unref();
  worker.unref();
  let last: Promise<unknown> = Promise.resolve();
  const dump = (url: string, args: readonly string[]): Promise<string> => {
    const text = last.then(() => dumpOnce({ worker, port: ours, signal }, new URL(url), args));
    last = text.catch(() => {});
    return text;
  };
  return {
    async judge(url) {
      const text = await dump(url, ['--schema-only', '--create']);
      return { text: normaliseDump(text, nameOf(new URL(url))), restorable: restorableDump(text) };
    },
    async withRows(url) {
      return restorableDump(await dump(url, ['--inserts']));
    },
    rows(url) {
      return dump(url, ['--data-only']);
    },
    async close() {
      await last;
      await worker.terminate();
    },
  };
}

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly signal: Int32Array;
}

function nameOf(url: URL): string {
  return decodeURIComponent(url.pathname.slice(1));
}

async function dumpOnce(thread: Thread, url: URL, args: readonly string[]): Promise<string> {
  const socket = openSocket(url);
  const toServer = (message: Uint8Array) => socket.write(message);
  const toDump = (bytes: Uint8Array | null) => {
    thread.port.postMessage(bytes);
    Atomics.add(thread.signal, 0, 1);
    Atomics.notify(thread.signal, 0);
  };
  socket.on('data', toDump);
  socket.on('close', () => toDump(null));
  socket.on('error', () => toDump(null));
  thread.port.on('message', toServer);
  try {
    return await runDump(thread.worker, url, args);
  } finally {
    thread.port.off('message', toServer);
    socket.removeAllListeners('data').removeAllListeners('close');
    socket.destroy();
  }
}

function openSocket(url: URL): Socket {
  const port = url.searchParams.get('port') ?? (url.port === '' ? '5432' : url.port);
  const host = url.searchParams.get('host') ?? url.hostname;
  if (host.startsWith('/')) return connect(`${host}/.s.PGSQL.${port}`);
  return connect(Number(port), host);
}

function runDump(worker: Worker, url: URL, args: readonly string[]): Promise<string> {
  const user = url.searchParams.get('user') ?? decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const connection =
    password === '' ? [] : ['-d', `postgresql://${user}:${encodeURIComponent(password)}@server/`];
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (answer: Answer) => {
      worker.off('error', reject);
      if ('text' in answer) resolve(answer.text);
      else reject(new Error(answer.error));
    });
    worker.postMessage({ args: [...args, ...connection], user, database: nameOf(url) });
  });
}
