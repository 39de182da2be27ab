import type { Script } from '../../migrations/model.ts';
import { type Segment, segmentsOf } from '../../migrations/segments.ts';

/**
 * How a script is cut into what runs in one transaction each and what runs alone, as production will run it:
 * `transaction 1-3, alone 4`. Numbers are places of statements in the script, counted from 1, BEGIN and COMMIT included;
 * a transaction with modes of its own has its BEGIN with it. Empty for a script without statements.
 */
export function toldSegments(script: Script): string {
  const places = new Map(script.statements.map((statement, index) => [statement, index + 1]));
  return segmentsOf(script)
    .map((segment) => told(segment, (statement) => places.get(statement) ?? 0))
    .join(', ');
}

function told(segment: Segment, place: (statement: Script['statements'][number]) => number): string {
  if (segment.kind === 'alone') return `alone ${place(segment.statement)}`;
  const { begin, statements } = segment;
  const modes = /^begin$/i.test(begin.trim()) ? '' : ` (${begin.replace(/\s+/g, ' ').trim()})`;
  const [first, last] = [statements.at(0), statements.at(-1)].map((statement) =>
    statement === undefined ? 0 : place(statement),
  );
  return `transaction${modes} ${first === last ? first : `${first}-${last}`}`;
}
