import { InputError } from '../errors/input-error.ts';
import type { Problem } from '../errors/problem.ts';
import { headerOf } from '../migrations/header.ts';
import { COMPANIONS, type MigrationSet } from '../migrations/model.ts';
import { type GenerateRequest, oneLine } from './request.ts';

/** What a migration is called, and what its header says. */
export interface Details {
  /** For the file: letters, digits and underscores. */
  readonly name: string;
  /** The same in words; `null` where it was made of the purpose, and would only say it again. */
  readonly title: string | null;
  readonly purpose: string;
  readonly track: string | null;
}

/** What is known before anybody is asked. */
export interface KnownDetails {
  /** `null`: neither a name nor a purpose was given. */
  readonly name: string | null;
  readonly purpose: string | null;
  readonly track: string | null;
  /** Whether a track has to be found out: none was given, and the folder's migrations have one. */
  readonly wantsTrack: boolean;
}

/** Longer names of files are hard to read. */
const LONGEST_NAME = 50;

/** @throws InputError when the name cannot be one */
export function knownDetails(request: GenerateRequest, { migrations }: MigrationSet): KnownDetails {
  const own = headerOf(request.sql ?? '');
  const purpose = oneLine(request.purpose ?? own.purpose ?? '') || null;
  const source = request.name ?? purpose;
  const name = source === null ? null : nameOf(source);
  const track = request.track ?? own.track;
  const haveTracks = migrations.some(({ forward }) => forward.header.track !== null);
  return { name, purpose, track, wantsTrack: track === null && haveTracks };
}

/** Whether nobody has to be asked anything. */
export function isComplete({ name, purpose, wantsTrack }: KnownDetails): boolean {
  return name !== null && purpose !== null && !wantsTrack;
}

/**
 * Asks for what is not known.
 * @throws InputError with all that is missing when nobody is there
 */
export async function completeDetails(
  known: KnownDetails,
  { person, name: given }: Pick<GenerateRequest, 'person' | 'name'>,
): Promise<Details> {
  if (person === null && !isComplete(known)) throw new InputError(missingDetails(known));
  const purpose = known.purpose ?? oneLine((await person?.purpose()) ?? '');
  const name = known.name ?? nameOf(purpose);
  const track = known.wantsTrack && person !== null ? await person.track() : known.track;
  return { name, title: given === null ? null : inWords(name), purpose, track };
}

/** `add_export_jobs` is `Add export jobs`. */
export function inWords(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function missingDetails({ name, purpose, wantsTrack }: KnownDetails): Problem[] {
  const problems: Problem[] = [];
  if (purpose === null) {
    const example = name === null ? 'add_export_jobs ' : '';
    problems.push({
      code: 'missing-purpose',
      message: 'the header of a migration says what it is for, and nobody can be asked: this is no terminal',
      fix: `pivotal-flow generate ${example}--purpose "Write large exports in the background"`,
    });
  }
  if (wantsTrack) {
    problems.push({
      code: 'missing-track',
      message: 'the migrations of this folder say their track, and nobody can be asked: this is no terminal',
      fix: '--track B for a business feature, --track C for infrastructure',
    });
  }
  return problems;
}

/** Such names are those of the scripts that belong to a migration. */
const TAKEN = ['rollback', ...COMPANIONS];

/** `Add export jobs!` is `add_export_jobs`. */
function nameOf(words: string): string {
  const name = words
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  if (name === '') throw new InputError([unusable(words, 'has no letter from a to z')]);
  const short = name.length <= LONGEST_NAME ? name : name.slice(0, LONGEST_NAME + 1).replace(/_[^_]*$/, '');
  const taken = TAKEN.find((word) => short.endsWith(`_${word}`) || short === word);
  if (taken === undefined) return short.slice(0, LONGEST_NAME);
  throw new InputError([unusable(words, `would be taken for the ${taken} script of another migration`)]);
}

function unusable(words: string, why: string): Problem {
  return {
    code: 'unusable-name',
    message: `"${words}" cannot name a migration: it ${why}`,
    fix: 'name it first, for example: pivotal-flow generate add_export_jobs',
  };
}
