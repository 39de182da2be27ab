import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROVEN, pivotalFlow, project } from './command-line.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');

test('a stopped run is exit 130 at once', async () => {
  const cwd = project({ ...PROVEN, 'migrations/0003_slow.sql': 'SELECT pg_sleep(2);' });
  const { code, stderr } = await pivotalFlow(['verify'], {
    cwd,
    onInterrupt: (stop) => setTimeout(stop, 300),
  });
  expect(code).toBe(130);
  expect(stderr).toContain('stopped');
});

test('Ctrl-C ends the process with 130 and leaves no server behind', async () => {
  const cwd = project({ ...PROVEN, 'migrations/0003_slow.sql': 'SELECT pg_sleep(30);' });
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), '--conditions=source', MAIN, 'verify'],
    { cwd, stdio: 'ignore' },
  );
  const ended = new Promise<number | null>((settle) => child.on('close', settle));
  const own = (): string[] => ['/dev/shm', '/tmp'].flatMap((parent) => foldersOf(parent, child.pid ?? 0));
  await until(() => own().length > 0, 'the server has a folder');
  await pause(1000);
  const stopped = Date.now();
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(Date.now() - stopped).toBeLessThan(10_000);
  await until(() => own().length === 0, 'the folder of the server is gone');
});

/** Run folders carry the id of the process that made them. */
function foldersOf(parent: string, pid: number): string[] {
  try {
    return readdirSync(parent).filter((name) => name.startsWith(`pivotal-flow-${pid}-`));
  } catch {
    return [];
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((settle) => setTimeout(settle, ms));
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await pause(50);
  }
}
