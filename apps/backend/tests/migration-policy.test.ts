import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../packages/cli/src/program.ts';
import { VERDICTS } from '../../../packages/engine/src/proof/proof.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(`${ROOT}docs/migration-policy.md`, 'utf8');
const lines = page.split('\n');

interface Row {
  readonly policy: string;
  readonly enforcement: string;
}

const rows = lines
  .filter((line) => line.startsWith('| ') && !line.startsWith('| Policy |') && !line.startsWith('| ---'))
  .map((line): Row => {
    const [, policy = '', enforcement = ''] = line.split('|').map((cell) => cell.trim());
    return { policy, enforcement };
  });

/** What stands in backticks, in the tables' second column and in the blocks of commands. */
const named = [
  ...rows.flatMap(({ enforcement }) => [...enforcement.matchAll(/`([^`]+)`/g)].map((match) => match[1]!)),
  ...lines.filter((line) => /^(\.\/|pnpm |[A-Z_]+=\S+ pnpm )/.test(line)),
];

describe('the page of the policy', () => {
  it('has tables of two cells, neither of them empty', () => {
    expect(rows.length).toBeGreaterThan(80);
    for (const line of lines.filter((text) => text.startsWith('|'))) expect(line.split('|')).toHaveLength(4);
    expect(rows.filter(({ policy, enforcement }) => policy === '' || enforcement === '')).toEqual([]);
  });

  it('says for every line what puts it into force, that nothing does yet, or that people do', () => {
    const vague = rows.filter(
      ({ enforcement }) => !/`|not yet|^people|^the lines below$|every proof|drizzle-kit/.test(enforcement),
    );
    expect(vague).toEqual([]);
  });

  const paths = named.filter((name) => /^(\.\/)?(apps|scripts|docs|packages)\/|^CHANGELOG/.test(name));

  it.each([...new Set(paths)])('names a file that is there: %s', (path) => {
    expect(existsSync(`${ROOT}${path}`)).toBe(true);
  });

  const { scripts } = JSON.parse(readFileSync(`${ROOT}apps/backend/package.json`, 'utf8'));
  const commands = named.flatMap((name) => /\b(drizzle:\w+)/.exec(name)?.[1] ?? []);

  it.each([...new Set(commands)])('names a script that is there: %s', (command) => {
    expect(Object.keys(scripts)).toContain(command);
  });

  it('names verdicts that there are', () => {
    const verdicts = [...page.matchAll(/the verdict `([^`]+)`/g)].map((match) => match[1]);
    expect(new Set(verdicts)).toEqual(new Set(['missing', 'refuted', 'irreversible']));
    expect(VERDICTS).toEqual(expect.arrayContaining(verdicts));
  });

  it('names commands of the tool that are there', () => {
    const unused = () => {
      throw new Error('no command is run');
    };
    const known = createProgram({} as never, unused).commands.map((command) => command.name());
    for (const name of ['verify', 'check', 'doctor']) {
      expect(known).toContain(name);
      expect(named).toContain(name);
    }
  });
});
