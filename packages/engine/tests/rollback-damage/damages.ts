import { type Damage, type DamageKind, type DamageSite, numberOf } from './damage.ts';
import { COLUMN_DAMAGES } from './kinds/columns.ts';
import { REFUSAL_DAMAGES } from './kinds/refusals.ts';
import { ROW_DAMAGES } from './kinds/rows.ts';
import { SCHEMA_DAMAGES } from './kinds/schema.ts';
import { SEEMING_DAMAGES } from './kinds/seeming.ts';
import { STATEMENT_DAMAGES } from './kinds/statements.ts';
import { VALUE_DAMAGES } from './kinds/values.ts';
import { WORD_DAMAGES } from './kinds/words.ts';

/** Made from the rollback's own statements: done to every pair at every place. */
const OF_STATEMENTS = { ...STATEMENT_DAMAGES, ...WORD_DAMAGES, ...REFUSAL_DAMAGES };

/** Made from what the schema holds, so that they could be done to every pair: each is done to every third. */
const OF_SCHEMA = {
  ...ROW_DAMAGES,
  ...VALUE_DAMAGES,
  ...COLUMN_DAMAGES,
  ...SCHEMA_DAMAGES,
  ...SEEMING_DAMAGES,
};

/** But for those that need what few schemas hold. */
const SELDOM: ReadonlySet<string> = new Set([
  ...['sequence restarted', 'sequence moved on', 'sequence altered', 'function altered'],
  ...['trigger disabled', 'trigger disabled and enabled', 'view altered', 'view made anew', 'rows doubled'],
  ...['label renamed', 'label added', 'array sorted', 'privilege forgotten'],
]);

/** All ways to damage a rollback, by name. */
export const DAMAGE_KINDS: Readonly<Record<string, DamageKind>> = { ...OF_STATEMENTS, ...OF_SCHEMA };

/** A damage of one pair. */
export interface NamedDamage extends Damage {
  readonly kind: string;
  /** Unique among all pairs: the pair, the kind, the place. */
  readonly name: string;
}

/** The damages that are done to a pair; the same ones each time. */
export function damagesOf(site: DamageSite): NamedDamage[] {
  const { pair } = site;
  const named = (kind: string, damages: readonly Damage[]) =>
    damages.map((damage) => ({ ...damage, kind, name: `${pair}: ${kind}: ${damage.site}` }));
  const everywhere = Object.entries(OF_STATEMENTS).flatMap(([kind, of]) => named(kind, of(site)));
  const inTurn = Object.entries(OF_SCHEMA).flatMap(([kind, of]) => {
    const damages = of(site);
    const turn = numberOf(pair + kind);
    const damage = damages[turn % Math.max(1, damages.length)];
    const isDone = SELDOM.has(kind) || turn % 3 === 0;
    return isDone && damage !== undefined ? named(kind, [damage]) : [];
  });
  return [...everywhere, ...inTurn];
}
