#!/usr/bin/env node
import { text } from 'node:stream/consumers';
import { surroundingsOf } from '@pivotal-flow/engine/start';
import type { Io, Output } from './io.ts';
import { run } from './run.ts';

/** Width where the reader has none, such as a file: wide enough to keep a finding on its line. */
const USUAL_COLUMNS = 100;

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    write: (part) => {
      stream.write(part);
    },
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.isTTY === true && stream.columns > 0 ? stream.columns : USUAL_COLUMNS;
    },
  };
}

const io: Io = {
  stdout: outputOf(process.stdout),
  stderr: outputOf(process.stderr),
  stdin: { isTTY: process.stdin.isTTY === true, text: () => text(process.stdin) },
  terminal:
    process.stdin.isTTY && process.stderr.isTTY ? { input: process.stdin, output: process.stderr } : null,
  env: process.env,
  cwd: process.cwd(),
  nodeVersion: process.versions.node,
  surroundings: (tell) => surroundingsOf(process, tell),
  onInterrupt: (listener) => {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of signals) process.once(signal, listener);
    return () => {
      for (const signal of signals) process.off(signal, listener);
    };
  },
};

// A reader that has seen enough, such as head, closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const code = await run(process.argv.slice(2), io);
process.exitCode = code;
// After an interruption work is still under way; the embedded server stops by itself when this process is gone.
if (code === 130) process.exit();
