import type { Statement } from '../sql/statement.ts';

/** Names of the layouts we read; each has one file in `layouts/`. */
export const LAYOUTS = ['drizzle', 'drizzle-v1', 'paired', 'golang-migrate', 'diesel'] as const;

/** How migrations lie on disk. */
export type LayoutName = (typeof LAYOUTS)[number];

/** What the comments before the first statement of a script say. */
export interface ScriptHeader {
  /** `-- Purpose: …` */
  readonly purpose: string | null;
  /** `-- Date: …`, as written. */
  readonly date: string | null;
  /** `-- Track: B` or `-- Track: C` of the policy. */
  readonly track: string | null;
  /** Every other `-- Name: value` line, names in lower case. */
  readonly fields: ReadonlyMap<string, string>;
}

/** A point in a script at which something declared in a comment stands. */
export interface Declaration {
  /** What was declared, for example the reason behind `-- Irreversible:`. */
  readonly text: string;
  /** 1-based line of the comment. */
  readonly line: number;
}

/** One SQL file, read and split. */
export interface Script {
  /** Path to show, relative to where the command was started. */
  readonly file: string;
  /** The content, decoded, without a byte order mark. */
  readonly text: string;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly checksum: string;
  readonly header: ScriptHeader;
  /** In the order of the file. When the parser refused the script, one statement with the whole text. */
  readonly statements: readonly Statement[];
  /** Why the parser refused the script; the server has the last word when it is run. */
  readonly refusal: { readonly message: string; readonly line: number; readonly column: number } | null;
  /** What is run around one of its transactions, and in it; only a forward script has one. */
  readonly stash: Stash | null;
}

/**
 * Sets data aside before a forward script destroys it, so that the rollback can bring it back. Both parts are run in one
 * transaction of the forward script, before its first statement and after its last.
 */
export interface Stash {
  readonly before: Script;
  readonly after: Script;
  /** Which of the forward script's transactions, counted from 1. */
  readonly transaction: number;
}

/**
 * Scripts that may lie beside a migration: `verify` asserts what has to be true after it, `seed` brings rows
 * that it is to be tried on, `stash` sets aside what it destroys.
 */
export const COMPANIONS = ['verify', 'seed', 'stash'] as const;
export type Companion = (typeof COMPANIONS)[number];

/** A forward script and its rollback script, under one id. */
export interface Migration {
  /** For example `0007_add_export_jobs`. */
  readonly id: string;
  /** The part of the id that orders it (`0007`), or `null` where the layout has none. */
  readonly sequence: string | null;
  readonly forward: Script;
  /** `null` when there is no rollback script on disk. */
  readonly rollback: Script | null;
  /** Path at which a rollback script is, or would be looked for. */
  readonly rollbackFile: string;
  /** Path at which the file is, or would be looked for, that sets aside what the migration destroys. */
  readonly stashFile: string;
  /** What has to be true after the forward script; `null` when there is no such file. */
  readonly verify: Script | null;
  /** Rows for the database before the forward script; `null` when there is no such file. */
  readonly seed: Script | null;
  /** `-- Irreversible: reason` in the rollback file. */
  readonly irreversible: Declaration | null;
  /** `-- Accepts residual: …` lines of the rollback file. */
  readonly acceptedResiduals: readonly Declaration[];
  /** `-- Accepts loss: …` lines of the rollback file. */
  readonly acceptedLosses: readonly Declaration[];
}

/** All migrations of one folder in the order in which they are applied. */
export interface MigrationSet {
  readonly layout: LayoutName;
  /** The folder, as the user would type it. */
  readonly folder: string;
  readonly migrations: readonly Migration[];
  /**
   * Files of migrations that are no SQL, such as `.up.go` and its `.down.sql`: left out of the set, so that
   * what they do is part of no proof. Paths as the user would type them.
   */
  readonly unread: readonly string[];
}
