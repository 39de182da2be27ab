import { EQUALITIES, type Equality } from '../diff/change.ts';
import type { Migration } from '../migrations/model.ts';
import type { ScriptError } from '../replay/run-script.ts';
import type { ToldLoss } from './accepted-losses.ts';
import { isAssertion } from './assertion-steps.ts';
import type { LifeRun } from './life.ts';
import type { Verdict } from './proof.ts';
import { nameOfLoss, ordinaryWrites } from './rows-evidence.ts';
import type { Step } from './step.ts';

/** What was observed of one migration, as far as the verdict hangs on it. */
export interface Observation {
  readonly migration: Migration;
  readonly steps: readonly Step[];
  /** `null` where nothing could be compared. */
  readonly equality: Equality | null;
  /** The worst equality that is accepted. */
  readonly accepted: Equality;
  /** Parts of the catalog that no kind describes and that the migration touched. */
  readonly unmodelled: readonly string[];
  /** How many leftovers there are, for the sentence. */
  readonly leftovers: number;
  /** What a second run of the rollback changed, by name. */
  readonly changedBySecondRun: readonly string[];
  /** Why rows could not be looked at, or not in a table that matters; `null` when they were, or nobody asked. */
  readonly rowsUnchecked: string | null;
  /** What was not seen of rows, though there may be such rows: each a sentence without its end. */
  readonly unseen: readonly string[];
  readonly losses: readonly ToldLoss[];
  /** What came of writes between the forward script and its rollback. */
  readonly life: readonly LifeRun[];
}

/** A verdict with its reason; `proven` needs none. */
export interface Decision {
  readonly verdict: Verdict;
  readonly reason: string | null;
}

/** The verdict is mechanical: the first rule that has something to say decides. */
export function decideVerdict(observation: Observation): Decision {
  for (const rule of RULES) {
    const decision = rule(observation);
    if (decision !== null) return decision;
  }
  return { verdict: 'proven', reason: null };
}

type Rule = (observation: Observation) => Decision | null;

/** Of a forward script that was never applied, nothing can be said to be irreversible. */
const irreversible: Rule = ({ migration, steps }) => {
  const declared = migration.irreversible;
  if (steps.some((step) => step.name === 'apply' && step.status !== 'ok')) return null;
  if (declared === null || (migration.rollback !== null && migration.rollback.statements.length > 0))
    return null;
  return {
    verdict: 'irreversible',
    reason: `declared in line ${declared.line} of ${migration.rollbackFile}: ${declared.text}`,
  };
};

const missing: Rule = ({ migration, steps }) => {
  if (migration.rollback !== null) return null;
  const failed = failedStep(steps);
  const also = failed === null ? '' : `; and the forward script fails: ${failed.error.message}`;
  return {
    verdict: 'missing',
    reason: `there is no rollback script; it would be ${migration.rollbackFile}${also}`,
  };
};

const refutedByFailure: Rule = ({ steps }) => {
  const failed = failedStep(steps);
  if (failed === null || whatServerLacks(failed.error) !== null) return null;
  const { error } = failed;
  const once = failed.withRows && SCRIPTS.includes(failed.name) ? ' once tables hold rows,' : '';
  return {
    verdict: 'refuted',
    reason: `${STEP_WORDS[failed.name]}${once} at ${error.file}:${error.line}: ${error.message}${codeOf(error.sqlstate)}`,
  };
};

const refutedByDifference: Rule = ({ equality, accepted, leftovers, steps }) => {
  if (equality === null || EQUALITIES.indexOf(equality) <= EQUALITIES.indexOf(accepted)) return null;
  const when = steps.some((step) => step.name === 'descend' || step.name === 'ascend')
    ? ''
    : ' after the round trip';
  const degree =
    equality === 'different'
      ? 'the schema is not what it was'
      : `the schema is only ${equality}, and ${accepted} is asked for`;
  return {
    verdict: 'refuted',
    reason: `${degree}${when}: ${leftovers} ${leftovers === 1 ? 'difference' : 'differences'}`,
  };
};

const refutedBySecondRun: Rule = ({ changedBySecondRun }) => {
  if (changedBySecondRun.length === 0) return null;
  return {
    verdict: 'refuted',
    reason: `run a second time, the rollback changes what it had left: ${changedBySecondRun.join(', ')}`,
  };
};

const unchecked: Rule = ({ steps, unmodelled, rowsUnchecked }) => {
  const failed = failedStep(steps);
  const lacks = failed === null ? null : whatServerLacks(failed.error);
  if (lacks !== null) {
    return { verdict: 'unchecked', reason: `${lacks}; run it on a server that has it: --server <url>` };
  }
  const seed = steps.find(({ name, status }) => name === 'seed' && status === 'failed');
  if (seed?.status === 'failed') return { verdict: 'unchecked', reason: unseededReason(seed.error) };
  const notRun = steps.flatMap((step) => (step.status === 'not-executed' ? [step] : []));
  const scripts = notRun.find((step) => !isAssertion(step));
  if (scripts !== undefined) return { verdict: 'unchecked', reason: scripts.why };
  if (unmodelled.length > 0)
    return { verdict: 'unchecked', reason: `it touches what is not compared yet: ${unmodelled.join(', ')}` };
  if (rowsUnchecked !== null) return { verdict: 'unchecked', reason: rowsUnchecked };
  return notRun[0] === undefined ? null : { verdict: 'unchecked', reason: notRun[0].why };
};

/** What was seen to be lost or broken says more than that something was not seen. */
const uncheckedByUnseen: Rule = ({ unseen, losses, life }) => {
  const isWorse =
    losses.some(({ accepted }) => accepted === null) ||
    life.some(({ outcome }) => outcome.status === 'broken');
  if (unseen.length === 0 || isWorse) return null;
  return {
    verdict: 'unchecked',
    reason: `${unseen.join('; ')}: what becomes of such rows is not known; a script of rows of your own can bring some`,
  };
};

function unseededReason({ file, line, message, sqlstate }: ScriptError): string {
  return `the team's own rows could not be brought in, at ${file}:${line}: ${message}${codeOf(sqlstate)}; the file is run in the schema before the migration`;
}

function codeOf(sqlstate: string | null): string {
  return sqlstate === null ? '' : ` (SQLSTATE ${sqlstate})`;
}

const lossy: Rule = ({ losses }) =>
  lossyBy(
    losses.filter(({ life }) => life === null),
    LOSS_WORDS,
  );

const LOSS_WORDS: Readonly<Record<ToldLoss['step'], string>> = {
  rollback: 'after the rollback',
  descend: 'on the way from the tip down to the base',
  ascend: 'on the way up again',
};

function lossyBy(
  losses: readonly ToldLoss[],
  when: Readonly<Record<ToldLoss['step'], string>>,
): Decision | null {
  if (losses.length === 0) return null;
  const open = losses.filter(({ accepted }) => accepted === null);
  const names = (some: readonly ToldLoss[]) => [...new Set(some.map(nameOfLoss))].join(', ');
  if (open.length === 0)
    return { verdict: 'lossy', reason: `accepted in the rollback file: ${names(losses)}` };
  const told = (['rollback', 'descend', 'ascend'] as const).flatMap((step) => {
    const some = open.filter((loss) => loss.step === step);
    return some.length === 0 ? [] : [`${when[step]} these are not what they were: ${names(some)}`];
  });
  return { verdict: 'lossy', reason: told.join('; ') };
}

const refutedByLife: Rule = ({ life }) => {
  const broken = life.find(({ outcome }) => outcome.status === 'broken');
  if (broken?.outcome.status !== 'broken') return null;
  const { error } = broken.outcome;
  return {
    verdict: 'refuted',
    reason: `after ${writesOf(broken)} the rollback fails halfway, at ${error.file}:${error.line}: ${error.message}`,
  };
};

const lossyByLife: Rule = ({ losses }) =>
  lossyBy(
    losses.filter(({ life }) => life !== null),
    LIFE_WORDS,
  );

const LIFE_WORDS: Readonly<Record<ToldLoss['step'], string>> = {
  rollback: 'after writes in between and the rollback,',
  descend: 'after writes in between, on the way from the tip down to the base,',
  ascend: 'after writes in between, on the way up again,',
};

const conditional: Rule = ({ life }) => {
  const blocked = life.filter(({ outcome }) => outcome.status === 'blocked');
  if (blocked.length === 0) return null;
  return {
    verdict: 'conditional',
    reason: `the rollback refuses, and changes nothing, after ${blocked.map(writesOf).join('; ')}`,
  };
};

function writesOf({ loosening, blockedBy }: LifeRun): string {
  return loosening === null ? ordinaryWrites(blockedBy) : `rows in ${loosening.table} that ${loosening.why}`;
}

const RULES: readonly Rule[] = [
  irreversible,
  missing,
  refutedByFailure,
  refutedByDifference,
  refutedBySecondRun,
  unchecked,
  uncheckedByUnseen,
  lossy,
  refutedByLife,
  lossyByLife,
  conditional,
];

/** Steps that run on empty tables as well. */
const SCRIPTS: readonly Step['name'][] = ['apply', 'rollback', 'reapply', 'descend', 'ascend'];

const STEP_WORDS: Partial<Record<Step['name'], string>> = {
  apply: 'the forward script fails',
  rollback: 'the rollback fails',
  reapply: 'the forward script fails when it is applied again after the rollback',
  verify: 'an assertion does not hold after the forward script,',
  'verify-rollback': 'an assertion does not hold after the rollback,',
  'verify-reapply': 'an assertion does not hold after the forward script was applied again,',
  'apply-own': "the forward script fails on the team's own rows,",
  descend: 'the rollback fails on the way from the tip down to the base',
  ascend: 'the forward script fails on the way up again',
};

/**
 * The first step whose failure speaks against a migration. A rollback that fails on what it has taken back already
 * does no harm; and a forward script may refuse rows that it is not made for.
 */
export function failedStep(steps: readonly Step[]): Extract<Step, { status: 'failed' }> | null {
  for (const step of steps) if (step.status === 'failed' && !isHarmless(step)) return step;
  return null;
}

/** What a rollback does after writes in between has rules of its own, and so have rows that could not be brought. */
function isHarmless({ name, withRows }: Step): boolean {
  const hasItsRule = name === 'seed' || name === 'rollback-again' || name.startsWith('life:');
  return hasItsRule || (name === 'apply' && withRows);
}

/**
 * What the server would need to run a statement, in words, when it failed for lack of it; `null` for every
 * other failure. SQLSTATE 0A000 and 58P01: an extension or a library that is not installed.
 */
export function whatServerLacks(error: ScriptError): string | null {
  const extension = /extension "([^"]+)" is not available/.exec(error.message)?.[1];
  if (extension !== undefined) return `the server lacks the extension "${extension}"`;
  const control = /could not open extension control file ".*\/([^/]+)\.control"/.exec(error.message)?.[1];
  if (control !== undefined) return `the server lacks the extension "${control}"`;
  if (error.sqlstate === '58P01' && /\$libdir|could not (?:access|load) (?:file|library)/.test(error.message))
    return `the server lacks a library (${error.message})`;
  if (/shared_preload_libraries/.test(error.message))
    return `the server was not started for it (${error.message})`;
  return null;
}
