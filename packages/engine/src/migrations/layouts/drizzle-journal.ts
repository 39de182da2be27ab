import { z } from 'zod';
import type { Problem } from '../../errors/problem.ts';

/** Path of the journal in the migrations folder. */
export const JOURNAL = 'meta/_journal.json';

/** The fields of `meta/_journal.json` that drizzle-orm's migrator reads; others may come and go. */
const Journal = z.object({
  version: z.string(),
  dialect: z.string(),
  entries: z.array(
    z.object({
      idx: z.number().int(),
      when: z.number(),
      tag: z
        .string()
        .min(1)
        .regex(/^[^/\\]+$/, 'must be a file name without folders'),
      breakpoints: z.boolean(),
    }),
  ),
});

/** Journals begun with drizzle-kit before 0.21 keep its shorter word. */
const POSTGRESQL: readonly string[] = ['postgresql', 'pg'];

/** One migration in the journal. */
export interface JournalEntry {
  readonly tag: string;
  /** 1-based line of the tag in the journal. */
  readonly line: number;
}

/** The journal's entries in its order, which is the order of Drizzle's migrator, and what is wrong with it. */
export interface JournalOutcome {
  readonly entries: readonly JournalEntry[];
  readonly problems: readonly Problem[];
}

/**
 * Reads drizzle-kit 0.31's journal. Of entries with the same tag the first is kept.
 *
 * @param file the journal, as the user would type it
 * @param text its content
 */
export function parseJournal(file: string, text: string): JournalOutcome {
  const json = parseJson(text);
  if (json.kind === 'invalid') return { entries: [], problems: [notJson(file, json.message)] };
  const checked = Journal.safeParse(json.value);
  if (!checked.success) {
    return { entries: [], problems: checked.error.issues.map((issue) => wrongShape(file, issue)) };
  }
  const { dialect, entries } = checked.data;
  if (!POSTGRESQL.includes(dialect)) return { entries: [], problems: [otherDialect(file, dialect)] };
  return withoutDuplicates(file, entries, tagLines(text));
}

type Json = { kind: 'value'; value: unknown } | { kind: 'invalid'; message: string };

function parseJson(text: string): Json {
  try {
    return { kind: 'value', value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { kind: 'invalid', message: error.message };
  }
}

/** The lines of all tags in the order of the file, which is that of the entries. */
function tagLines(text: string): number[] {
  const lines: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    for (const _ of line.matchAll(/"tag"\s*:/g)) lines.push(index + 1);
  }
  return lines;
}

function withoutDuplicates(
  file: string,
  entries: readonly { idx: number; tag: string }[],
  lines: readonly number[],
): JournalOutcome {
  const byTag = new Map<string, JournalEntry>();
  const byIdx = new Map<number, string>();
  const problems: Problem[] = [];
  for (const [index, { idx, tag }] of entries.entries()) {
    const line = lines[index] ?? 1;
    const sameIdx = byIdx.get(idx);
    if (byTag.has(tag)) problems.push(duplicateTag(file, line, tag));
    else if (sameIdx !== undefined) problems.push(duplicateIdx(file, line, { idx, tag, other: sameIdx }));
    if (!byTag.has(tag)) byTag.set(tag, { tag, line });
    byIdx.set(idx, sameIdx ?? tag);
  }
  return { entries: [...byTag.values()], problems };
}

function notJson(file: string, reason: string): Problem {
  return {
    code: 'invalid-journal',
    message: `${file} is not JSON (${reason}), so that it cannot be told which migrations there are`,
    fix: 'Mend the file, or take it from version control; a merge conflict may be left in it',
    file,
  };
}

function wrongShape(file: string, issue: z.core.$ZodIssue): Problem {
  const path = issue.path.map(String).join('.') || 'the whole';
  return {
    code: 'invalid-journal',
    message: `${file} is not a journal of drizzle-kit: ${path}: ${issue.message}`,
    fix: 'Mend the file, or take it from version control; drizzle-kit generate writes it',
    file,
  };
}

function otherDialect(file: string, dialect: string): Problem {
  return {
    code: 'unsupported-dialect',
    message: `${file} belongs to migrations for ${dialect}; only PostgreSQL is supported`,
    fix: 'Name the folder with the PostgreSQL migrations with --migrations DIR',
    file,
  };
}

function duplicateTag(file: string, line: number, tag: string): Problem {
  return {
    code: 'duplicate-id',
    message: `${file} lists ${tag} twice, so that it would be applied twice`,
    fix: 'Remove one of the two entries',
    file,
    line,
  };
}

function duplicateIdx(
  file: string,
  line: number,
  entry: { idx: number; tag: string; other: string },
): Problem {
  return {
    code: 'duplicate-id',
    message: `${file} gives idx ${entry.idx} to ${entry.other} and to ${entry.tag}`,
    fix: 'Number the later entry anew, or generate it again after the merge',
    file,
    line,
  };
}
