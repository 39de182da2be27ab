import { declarationsOf } from '../../src/migrations/declarations.ts';
import type { Migration, Script } from '../../src/migrations/model.ts';
import { scriptOf } from '../../src/migrations/script.ts';
import type { Scenario } from './scenario.ts';

/** A scenario's two scripts as the engine reads them; the parser must be loaded. */
export function migrationOf({ name, up, down }: Scenario): Migration {
  const rollbackFile = `${name}/down.sql`;
  return {
    id: name,
    sequence: null,
    forward: read(`${name}/up.sql`, up),
    rollback: read(rollbackFile, down),
    rollbackFile,
    stashFile: `${name}/stash.sql`,
    verify: null,
    seed: null,
    ...declarationsOf(down),
  };
}

function read(file: string, text: string): Script {
  const outcome = scriptOf({ file, bytes: Buffer.from(text), section: 'whole', breakpoints: false });
  if (outcome.kind !== 'script') throw new Error(`${file} is no script`);
  return outcome.script;
}
