import { InputError } from '../errors/input-error.ts';
import type { MigrationSet } from '../migrations/model.ts';
import { nextScript, type PlainLayout } from '../migrations/next-script.ts';
import type { WorkingCopy } from '../project/working-copy.ts';
import { completeDetails, type Details, knownDetails } from './details.ts';
import type { GenerateRequest } from './request.ts';

/**
 * Puts an empty migration into the copy, in a layout that has no tool of its own for it.
 *
 * @param moment the time by the clock on the wall
 * @throws InputError when it is not hand-written SQL that was asked for, or something has to be known and nobody says it
 */
export async function madeByHand(
  layout: PlainLayout,
  moment: Date,
  { request, set, copy }: { request: GenerateRequest; set: MigrationSet; copy: WorkingCopy },
): Promise<Details> {
  if (!request.custom) throw nothingToCompare(set);
  const details = await completeDetails(knownDetails(request, set), request);
  await copy.write(nextScript(layout, set.migrations, { name: details.name, moment }), '-- Empty\n');
  return details;
}

function nothingToCompare({ folder, layout }: MigrationSet): InputError {
  return new InputError([
    {
      code: 'nothing-to-compare',
      message: `${folder} is in the layout ${layout}, and only migrations of Drizzle can be made from a schema`,
      fix: 'write the SQL yourself: pivotal-flow generate <name> --custom < file.sql',
      file: folder,
    },
  ]);
}
