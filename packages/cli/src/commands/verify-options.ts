import type { GivenSettings } from '@pivotal-flow/engine';
import { ACCEPTABLE_EQUALITIES, COLUMN_ORDERS, LAYOUTS } from '@pivotal-flow/engine/start';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { addOutputOptions, type OutputFlags } from '../output-choice.ts';

/** The options that say which migrations are meant and where they run. */
export interface FolderFlags {
  readonly migrations?: string;
  readonly layout?: string;
  readonly server?: string;
  readonly ignore?: readonly string[];
}

/** The options that say what a proof is made with. */
export interface ProofFlags extends OutputFlags, FolderFlags {
  readonly since?: string;
  readonly data?: boolean;
  readonly strict?: boolean;
  readonly seed?: number;
  readonly seedFile?: string;
  readonly equality?: string;
  readonly columnOrder?: string;
  readonly allowIrreversible?: boolean;
  readonly allowClusterChanges?: boolean;
}

/** The options of `verify` as commander hands them over. */
export interface VerifyFlags extends ProofFlags {
  readonly bail?: boolean;
  readonly descent?: boolean;
  readonly cache?: boolean;
  readonly write?: boolean;
  readonly sign?: string;
  readonly publicKey?: string;
}

/** Adds the options that say which migrations are meant and where they run. */
export function addFolderOptions(command: Command): Command {
  return command
    .option(
      '--migrations <dir>',
      'the migrations folder (default: PIVOTAL_FLOW_MIGRATIONS, else what the configuration says, else what is found)',
    )
    .addOption(
      new Option('--layout <name>', 'how migrations lie in the folder (default: detected)').choices(LAYOUTS),
    )
    .option(
      '--server <where>',
      'where ephemeral databases live: embedded, embedded:<major> (14 to 18), or the URL of a server (default: PIVOTAL_FLOW_SERVER, else the configuration, else embedded)',
    )
    .option('--ignore <path>', 'a file of the folder that is no migration; may be repeated', collect);
}

/** Adds the options that say which migrations a proof is made of, and with what. */
export function addProofOptions(command: Command): Command {
  const since = new Option(
    '--since <ref>',
    'only migrations whose scripts changed since a git reference, such as origin/main',
  );
  return addTripOptions(command, since).option(
    '--allow-irreversible',
    'a migration that is declared irreversible is all good',
  );
}

/**
 * Adds the options that say what a round trip is made with.
 * @param first stands before them in the help
 */
export function addTripOptions(command: Command, ...first: readonly Option[]): Command {
  addFolderOptions(command);
  for (const option of first) command.addOption(option);
  command
    .option('--strict', 'rows that may make a rollback refuse (conditional) are something found')
    .option('--no-data', 'leave tables empty and compare the schema alone')
    .addOption(
      new Option('--seed <number>', 'chooses the rows that tables are filled with (default: 1)').argParser(
        seedOf,
      ),
    )
    .option(
      '--seed-file <file>',
      'rows of your own, such as pg_dump --data-only writes: loaded before the first migration whose schema they suit (default: what the configuration says)',
    )
    .addOption(
      new Option(
        '--equality <level>',
        'the worst equality that counts as proven (default: residual)',
      ).choices([...ACCEPTABLE_EQUALITIES]),
    )
    .option(
      '--allow-cluster-changes',
      'migrations may change roles and settings of the server behind --server <url>',
    );
  return command;
}

/** The option that says what rollbacks that are written do about the order of columns. */
export function columnOrderOption(): Option {
  return new Option(
    '--column-order <order>',
    'whether columns come back where they stood (exact), which rewrites the table, or behind the others (append); auto: exact where functions of the database go by the order (default: what the configuration says, else auto)',
  ).choices([...COLUMN_ORDERS]);
}

/** Adds every option of `verify`. */
export function addVerifyOptions(command: Command): Command {
  addProofOptions(command)
    .option('--bail', 'stop at the first migration that is not proven')
    .option(
      '--descent',
      'also walk from the tip down to the base and up again, once on empty tables and once with rows',
    )
    .option('--no-cache', 'prove again what the proof file proves and nothing has changed since')
    .option('--write', 'write what is found to the proof file, pivotal-flow.proofs.json in the folder')
    .option('--sign <file>', 'with --write: sign proofs with this private key (PEM, Ed25519)')
    .option(
      '--public-key <file>',
      'believe the proof file only where it is signed by this key (default: what the configuration says, else no signature is asked for)',
    );
  return addOutputOptions(command);
}

/** The settings that flags give. */
export function givenBy(flags: FolderFlags & Partial<VerifyFlags>): GivenSettings {
  const { migrations, layout, server, ignore, equality, publicKey, seedFile } = flags;
  const { allowIrreversible, allowClusterChanges, columnOrder } = flags;
  const settings = { migrations, layout, server, ignore, equality, publicKey, seedFile };
  return { ...settings, allowIrreversible, allowClusterChanges, columnOrder };
}

function seedOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number from 0 to 999999999 is expected.');
}

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}
