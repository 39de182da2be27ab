import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateChain } from '../src/chain.ts';
import { verify } from '../src/contenders/verify.ts';
import { writeFolders } from '../src/write-folders.ts';

test('a chain is the same every time, and a longer one begins like a shorter one', () => {
  expect(generateChain(40)).toEqual(generateChain(60).slice(0, 40));
  expect(new Set(generateChain(1000).map(({ id }) => id)).size).toBe(1000);
});

test('every generated rollback is right: the chain is proven', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'pivotal-flow-bench-test-'));
  try {
    const chain = generateChain(30);
    // It throws unless all are proven.
    await verify.run({ chain, folders: writeFolders(chain, parent), databaseUrl: 'unused' });
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
});
