import { comment } from '../sql/comment.ts';

/** What stands above the first statement of a forward script; the policy's form. */
export interface ForwardHeader {
  /** What the migration is called, in words. */
  readonly title: string;
  /** `2026-11-22` */
  readonly date: string;
  readonly purpose: string;
  /** `null` where the team has none. */
  readonly track: string | null;
}

/** A forward script: the header, and the SQL as it is. */
export function forwardText({ title, date, purpose, track }: ForwardHeader, sql: string): string {
  const header = [
    comment(`Migration: ${title}`),
    comment(`Date: ${date}`),
    comment(`Purpose: ${purpose}`),
    ...(track === null ? [] : [comment(`Track: ${track}`)]),
  ];
  return `${header.join('\n')}\n\n${sql.replace(/\s*$/, '\n')}`;
}
