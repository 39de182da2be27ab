import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { availableParallelism, homedir, tmpdir } from 'node:os';

/** What decides which binaries can run here. */
export interface Machine {
  /** Node's name: `linux`, `darwin`, `win32`. */
  readonly os: string;
  /** Node's name: `x64`, `arm64`. */
  readonly cpu: string;
  /** The C library that Node itself was built for; `none` where it plays no part. */
  readonly libc: 'glibc' | 'musl' | 'none';
}

/** Everything that starting a server takes from outside, so that nothing below reads `process`. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly machine: Machine;
  /** How many programs can run at the same time. */
  readonly processors: number;
  /** The process's id. Run directories carry it, so that leftovers of a dead process can be told from live ones. */
  readonly pid: number;
  /** The account that we run as; `null` where accounts have no number (Windows). */
  readonly uid: number | null;
  readonly homeFolder: string;
  readonly temporaryFolder: string;
  /** Milliseconds, of any origin; only differences count. */
  now(): number;
  /** The day as a person would write it into a file: `2026-11-25`. */
  today(): string;
  /** The time by the clock on the wall, for the names of files. */
  moment(): Date;
  randomBytes(count: number): Uint8Array;
  /** Progress that a person should see, such as a download. One sentence, no full stop. */
  tell(message: string): void;
}

/**
 * The surroundings of a running Node process.
 * @param host `process`, handed in by whoever owns it
 * @param tell receives progress messages
 */
export function surroundingsOf(host: NodeJS.Process, tell: (message: string) => void): Surroundings {
  return {
    env: host.env,
    machine: { os: host.platform, cpu: host.arch, libc: libcOf(host) },
    processors: availableParallelism(),
    pid: host.pid,
    uid: host.getuid?.() ?? null,
    homeFolder: homedir(),
    temporaryFolder: tmpdir(),
    now: () => performance.now(),
    today: () => new Date().toISOString().slice(0, 10),
    moment: () => new Date(),
    randomBytes: (count) => randomBytes(count),
    tell,
  };
}

function libcOf(host: NodeJS.Process): Machine['libc'] {
  if (host.platform !== 'linux') return 'none';
  if (!hasMuslLoader()) return 'glibc';
  // Only the report can tell a musl system from a glibc system that has musl installed beside; it takes milliseconds.
  const report = host.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined;
  return report?.header?.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

function hasMuslLoader(): boolean {
  try {
    return readdirSync('/lib').some((name) => name.startsWith('ld-musl-'));
  } catch {
    return false;
  }
}
