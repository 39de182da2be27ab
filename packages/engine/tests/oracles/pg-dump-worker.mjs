/**
 * Runs pg_dump, compiled to WebAssembly, in a thread of its own: its reads and writes block, so the thread sleeps
 * until the main thread, which holds the socket, hands it the server's answer.
 * Messages: PostgreSQL manual, section 54.7, "Message Formats". Plain JavaScript, since a worker is loaded by Node itself.
 */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { pgDump } from '@electric-sql/pglite-tools/pg_dump';

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const SECONDS_TO_WAIT = 60;

/** Compiling takes longer than running: the module is compiled once for all dumps of this thread. */
let compiled;
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (source, imports) => {
  compiled ??= await WebAssembly.compile(source);
  return { module: compiled, instance: await instantiate(compiled, imports) };
};

const { signal, socketPort } = workerData;

parentPort?.on('message', async ({ args, user, database }) => {
  while (receiveMessageOnPort(socketPort)); // what the last connection said when it was closed
  try {
    const file = await pgDump({ pg: serverFor(user, database), args });
    parentPort?.postMessage({ text: await file.text() });
  } catch (error) {
    parentPort?.postMessage({ error: String(error) });
  }
});

/** What the dump takes for an embedded database: it passes the protocol through to the real server. */
function serverFor(user, database) {
  let pending = Buffer.alloc(0);
  let started = false;
  const ignored = async () => ({ rows: [{ search_path: 'public' }] });
  return {
    query: ignored,
    exec: ignored,
    execProtocolRawStream(bytes, { onRawData }) {
      pending = Buffer.concat([pending, Buffer.from(bytes)]);
      for (;;) {
        const length = messageLength(pending, started);
        if (length === null) return;
        const message = pending.subarray(0, length);
        pending = pending.subarray(length);
        if (started) {
          send(message, onRawData);
        } else if ([SSL_REQUEST, GSS_REQUEST].includes(message.readInt32BE(4))) {
          onRawData(Buffer.from('N'));
        } else {
          started = true;
          send(startupFor(message, user, database), onRawData, true);
        }
      }
    },
  };
}

function messageLength(bytes, started) {
  const offset = started ? 1 : 0;
  if (bytes.length < offset + 4) return null;
  const length = bytes.readInt32BE(offset) + offset;
  return bytes.length < length ? null : length;
}

/** The dump always names the user postgres and its own database; the real ones are put in their place. */
function startupFor(message, user, database) {
  const words = message.subarray(8).toString('utf8').split('\0');
  const pairs = [];
  for (let index = 0; words[index] !== undefined && words[index] !== ''; index += 2) {
    if (words[index] !== 'user' && words[index] !== 'database') pairs.push(words[index], words[index + 1]);
  }
  const body = Buffer.from([...pairs, 'user', user, 'database', database, '', ''].join('\0'));
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + body.length, 0);
  message.copy(head, 4, 4, 8);
  return Buffer.concat([head, body]);
}

function send(message, onRawData, isStartup = false) {
  socketPort.postMessage(message);
  const type = isStartup ? 'startup' : String.fromCharCode(message[0]);
  if (['startup', 'p', 'Q', 'S'].includes(type)) onRawData(answer(type === 'startup' || type === 'p'));
}

/** Waits for a whole answer: up to ReadyForQuery, or while logging in up to the next question. */
function answer(loggingIn) {
  let bytes = Buffer.alloc(0);
  let position = 0;
  for (;;) {
    const seen = Atomics.load(signal, 0);
    for (let part = receiveMessageOnPort(socketPort); part; part = receiveMessageOnPort(socketPort)) {
      if (part.message === null) throw new Error('the server closed the connection');
      bytes = Buffer.concat([bytes, Buffer.from(part.message)]);
    }
    while (bytes.length >= position + 5) {
      const end = position + 1 + bytes.readInt32BE(position + 1);
      if (bytes.length < end) break;
      if (endsAnswer(bytes, position, loggingIn)) return bytes;
      position = end;
    }
    if (Atomics.wait(signal, 0, seen, SECONDS_TO_WAIT * 1000) === 'timed-out')
      throw new Error('the server does not answer');
  }
}

function endsAnswer(bytes, position, loggingIn) {
  const type = String.fromCharCode(bytes[position]);
  if (type === 'Z') return true;
  if (!loggingIn) return false;
  return type === 'E' || (type === 'R' && ![0, 12].includes(bytes.readInt32BE(position + 5)));
}
