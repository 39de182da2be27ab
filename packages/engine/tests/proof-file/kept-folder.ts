import { mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { type Report, reportSchema, type VerifyOptions, verify } from '../../src/index.ts';
import type { Surroundings } from '../../src/postgres/surroundings.ts';
import { PROOF_FILE, type ProofEntry } from '../../src/proof/proof-file/format.ts';
import { testSurroundings } from '../server.ts';
import { TEST_SERVER } from '../verify/verify-files.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A migrations folder that stays from one run to the next. */
export class KeptFolder {
  readonly cwd = mkdtempSync(join(tmpdir(), 'pivotal-flow-kept-'));

  constructor(files: Readonly<Record<string, string>>) {
    folders.push(this.cwd);
    this.write(files);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.cwd, name), text);
  }

  remove(...names: readonly string[]): void {
    for (const name of names) unlinkSync(join(this.cwd, name));
  }

  get names(): string[] {
    return readdirSync(this.cwd);
  }

  /** The text of the proof file. */
  get proofs(): string {
    return readFileSync(join(this.cwd, PROOF_FILE), 'utf8');
  }

  set proofs(text: string) {
    this.write({ [PROOF_FILE]: text });
  }

  get entries(): Record<string, ProofEntry> {
    return (JSON.parse(this.proofs) as { proofs: Record<string, ProofEntry> }).proofs;
  }

  set entries(proofs: Record<string, ProofEntry>) {
    this.proofs = JSON.stringify({ proofFileVersion: 1, proofs });
  }

  /** Runs `verify`, with rows, outside of a pipeline unless told otherwise. */
  async verify(
    options: Partial<VerifyOptions> = {},
    around: Partial<Surroundings> & { readonly ci?: string } = {},
  ): Promise<Report> {
    const { ci = '', ...others } = around;
    const surroundings = testSurroundings();
    const env = { ...surroundings.env, ...others.env, CI: ci };
    const report = await verify(
      { cwd: this.cwd, migrations: '.', layout: 'paired', server: TEST_SERVER, ...options },
      { ...surroundings, ...others, env },
      () => {},
    );
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    return report;
  }
}

/** A machine on which no server can be started. */
export const WITHOUT_SERVER: Partial<Surroundings> = {
  machine: { os: 'plan9', cpu: 'none', libc: 'none' },
};

/** `run` or `proof-file` of each migration. */
export function originOf({ migrations }: Report): Record<string, string> {
  return Object.fromEntries(migrations.map(({ id, from }) => [id, from]));
}

/** Findings as `severity code message`, without those that are notices. */
export function toldOf({ findings }: Report): string[] {
  return findings
    .filter(({ severity }) => severity !== 'notice')
    .map(({ severity, code, message }) => `${severity} ${code} ${message}`);
}
