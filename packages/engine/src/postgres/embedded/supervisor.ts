import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Account } from './account.ts';
import { runAs } from './account.ts';

/**
 * Watches over one program. Standard input is a pipe from us: it closes when we close it and also when we are killed,
 * and then the program is signalled and the folder removed. POSIX shell only, because it has to run on every machine.
 * The folder is removed as well when the program ends by itself, unless it succeeded and the folder is to be kept.
 */
const SCRIPT = `
folder=$1 keep=$2 signal=$3 from=$4 to=$5; shift 5
trap '' INT HUP
exec 3<&0 </dev/null
if [ -n "$from" ]; then cp -R "$from" "$to" || { rm -rf "$folder"; exit 74; }; fi
"$@" 3<&- &
child=$!
exec 2>/dev/null
trap 'kill -s "$signal" "$child"' TERM
( read -r line <&3; kill -s "$signal" "$child" ) &
watch=$!
exec 3<&-
wait "$child"; status=$?
while kill -0 "$child"; do wait "$child"; status=$?; done
kill -s KILL "$watch"
if [ "$keep" != yes ] || [ "$status" != 0 ]; then rm -rf "$folder" || { sleep 1; rm -rf "$folder"; }; fi
exit "$status"
`;

/** What the supervisor is to run, and what becomes of its folder. */
export interface Supervision {
  readonly account: Account;
  /** Owned by the account. Removed at the end, see `keepOnSuccess`. */
  readonly folder: string;
  readonly keepOnSuccess: boolean;
  /** The signal that ends the program. */
  readonly signal: 'INT' | 'QUIT' | 'TERM';
  /** Copied before the program starts. */
  readonly copy: { readonly from: string; readonly to: string } | null;
  readonly command: string;
  readonly arguments: readonly string[];
}

/** A supervised program. */
export interface Supervised {
  /** How it ended: exit status, or -1 for a signal or a program that could not be started. */
  readonly ended: Promise<number>;
  /** What it wrote to standard error, at most the last 8 kB. */
  errorOutput(): string;
  /** Asks for the end, as our own death would; wait for `ended`. */
  stop(): void;
}

const KEPT_OUTPUT = 8192;

/** Starts a program under supervision, in a session of its own so that Ctrl-C does not reach it. */
export function supervise(supervision: Supervision): Supervised {
  const { account, folder, keepOnSuccess, signal, copy, command } = supervision;
  const parameters = [
    folder,
    keepOnSuccess ? 'yes' : 'no',
    signal,
    copy?.from ?? '',
    copy?.to ?? '',
    command,
  ];
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'pivotal-flow', ...parameters, ...supervision.arguments], {
    ...runAs(account),
    cwd: '/',
    detached: true,
    // Nothing of ours: PG* and LD_* variables would change the server.
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
  });
  child.stdin.on('error', () => {});
  const ended = endOf(child, (message) => {
    output += message;
  });
  return { ended, errorOutput: () => output, stop: () => child.stdin.end() };
}

function endOf(child: ChildProcess, note: (message: string) => void): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      note(error.message);
      resolve(-1);
    });
    child.once('close', (code) => resolve(code ?? -1));
  });
}
