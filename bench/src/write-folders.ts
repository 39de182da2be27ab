import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GeneratedMigration } from './chain.ts';
import type { ChainFolders } from './contenders/contender.ts';

/** Any moment; the tools want growing numbers. */
const FIRST_MOMENT = Date.UTC(2026, 0, 1);

/**
 * Writes the chain into one folder for each format.
 * @param parent an empty folder
 */
export function writeFolders(chain: readonly GeneratedMigration[], parent: string): ChainFolders {
  const folder = (name: string) => {
    const path = join(parent, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const folders: ChainFolders = {
    paired: folder('paired'),
    drizzle: folder('drizzle'),
    dbmate: folder('dbmate'),
    nodePgMigrate: folder('node-pg-migrate'),
  };
  for (const [place, migration] of chain.entries()) writeMigration(folders, migration, place);
  mkdirSync(join(folders.drizzle, 'meta'));
  writeFileSync(join(folders.drizzle, 'meta', '_journal.json'), JSON.stringify(journalOf(chain)));
  return folders;
}

function writeMigration(folders: ChainFolders, { id, up, down }: GeneratedMigration, place: number): void {
  const [forward, back] = [script(up), script(down)];
  writeFileSync(join(folders.paired, `${id}.sql`), forward);
  writeFileSync(join(folders.paired, `${id}_rollback.sql`), back);
  writeFileSync(join(folders.drizzle, `${id}.sql`), up.join(';\n--> statement-breakpoint\n'));
  const version = 20_260_101_000_000 + place;
  writeFileSync(
    join(folders.dbmate, `${version}_${id}.sql`),
    `-- migrate:up\n${forward}\n-- migrate:down\n${back}`,
  );
  writeFileSync(
    join(folders.nodePgMigrate, `${FIRST_MOMENT + place}_${id}.sql`),
    `-- Up Migration\n${forward}\n-- Down Migration\n${back}`,
  );
}

function script(statements: readonly string[]): string {
  return statements.map((statement) => `${statement};\n`).join('');
}

function journalOf(chain: readonly GeneratedMigration[]): object {
  const entries = chain.map(({ id }, idx) => ({
    idx,
    version: '7',
    when: FIRST_MOMENT + idx,
    tag: id,
    breakpoints: true,
  }));
  return { version: '7', dialect: 'postgresql', entries };
}
