import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from '../../packages/engine/src/postgres/server.ts';
import { generateChain } from './chain.ts';
import type { Bench, Contender } from './contenders/contender.ts';
import { dbmate } from './contenders/dbmate.ts';
import { drizzleOrm } from './contenders/drizzle-orm.ts';
import { nodePgMigrate } from './contenders/node-pg-migrate.ts';
import { plain } from './contenders/plain.ts';
import { verify } from './contenders/verify.ts';
import type { ChainResult } from './result.ts';
import { whichRound } from './rounds.ts';
import { sampleOf } from './statistics.ts';
import { writeFolders } from './write-folders.ts';

const CONTENDERS: readonly Contender[] = [plain, verify, drizzleOrm, dbmate, nodePgMigrate];

/**
 * Times all contenders on one chain, one after the other in every round, each on a fresh database of the same kind
 * of server. A round before the first is not counted.
 * @param length migrations in the chain
 * @param runs rounds that count
 * @param tell receives progress
 */
export async function measureChain(
  server: Server,
  { length, runs, tell }: { length: number; runs: number; tell: (message: string) => void },
): Promise<ChainResult> {
  const parent = mkdtempSync(join(tmpdir(), 'pivotal-flow-bench-'));
  try {
    const chain = generateChain(length);
    const folders = writeFolders(chain, parent);
    const times = new Map<Contender, number[]>(CONTENDERS.map((contender) => [contender, []]));
    const failures = new Map<Contender, string>();
    for (let round = 0; round <= runs; round += 1) {
      for (const contender of CONTENDERS.filter((candidate) => !failures.has(candidate))) {
        tell(`${length} migrations, ${whichRound(round, runs)}: ${contender.name}`);
        try {
          const ms = await inDatabase(server, (databaseUrl) =>
            contender.run({ chain, folders, databaseUrl }),
          );
          if (round > 0) times.get(contender)?.push(ms);
        } catch (error) {
          failures.set(contender, error instanceof Error ? error.message : String(error));
        }
      }
    }
    const contenders = CONTENDERS.map((contender) => {
      const { name, what } = contender;
      const failure = failures.get(contender);
      return failure === undefined
        ? { name, what, ms: sampleOf(times.get(contender) ?? []) }
        : { name, what, failure };
    });
    return { length, contenders };
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

async function inDatabase(
  server: Server,
  work: (databaseUrl: Bench['databaseUrl']) => Promise<number>,
): Promise<number> {
  const database = await server.createDatabase();
  try {
    return await work(server.databaseUrl(database));
  } finally {
    await server.dropDatabase(database);
  }
}
