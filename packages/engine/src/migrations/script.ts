import { createHash } from 'node:crypto';
import type { Problem } from '../errors/problem.ts';
import { splitScript } from '../sql/split-script.ts';
import { bothDirectionsProblems } from './both-directions.ts';
import { clientCommandsIn } from './client-commands.ts';
import { headerOf } from './header.ts';
import type { Section } from './layouts/layout.ts';
import type { Script } from './model.ts';
import { scriptTextOf } from './script-text.ts';
import { transactionProblems } from './transaction-control.ts';

/** The bytes of one SQL file and how to read them. */
export interface ScriptSource {
  /** Path to show. */
  readonly file: string;
  readonly bytes: Buffer;
  /** The part of the file that is the script, where one file holds several. */
  readonly section: Section;
  /** Whether drizzle-kit's breakpoints end a statement. */
  readonly breakpoints: boolean;
}

/** Either a script, or all that is wrong with its file; `absent` where the file has no such section. */
export type ScriptOutcome =
  | { readonly kind: 'script'; readonly script: Script; readonly problems: readonly Problem[] }
  | { readonly kind: 'unreadable'; readonly problems: readonly Problem[] }
  | { readonly kind: 'absent' };

/**
 * Turns the bytes of a file into a script. A script with problems is returned with them, so that what
 * stands in it can be checked further. The parser must be loaded.
 */
export function scriptOf(source: ScriptSource): ScriptOutcome {
  const { file, bytes, section, breakpoints } = source;
  const decoded = scriptTextOf(file, bytes);
  if (decoded.kind === 'unreadable') return decoded;
  const text = section === 'whole' ? decoded.text : sectionOf(decoded.text, section);
  if (text === null) return { kind: 'absent' };
  const split = splitScript(text, breakpoints);
  const checked = section === 'whole' ? bytes : Buffer.from(text.trim());
  const script: Script = {
    file,
    text,
    checksum: createHash('sha256').update(checked).digest('hex'),
    header: headerOf(text),
    statements: split.statements,
    refusal: split.refusal,
    stash: null,
  };
  const commands = clientCommandsIn(script, breakpoints);
  const problems = [
    ...commands.problems,
    ...transactionProblems(file, commands.statements),
    ...(section === 'whole' ? bothDirectionsProblems(file, text) : []),
  ];
  return { kind: 'script', script, problems };
}

/** Everything outside the section becomes blanks of the same size, so that bytes and lines stay those of the file. */
function sectionOf(text: string, section: Exclude<Section, 'whole'>): string | null {
  const range = section(text);
  if (range === null) return null;
  return blank(text.slice(0, range.from)) + text.slice(range.from, range.to) + blank(text.slice(range.to));
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/gu, (character) => ' '.repeat(Buffer.byteLength(character)));
}
