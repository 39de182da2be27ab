import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { sealed } from '../../src/proof/proof-file/entry.ts';
import type { ProofEntry } from '../../src/proof/proof-file/format.ts';
import { KeptFolder, originOf, toldOf } from './kept-folder.ts';

const FILES: Readonly<Record<string, string>> = {
  '0001_a.sql': 'CREATE TABLE a (id int);',
  '0001_a_rollback.sql': 'DROP TABLE a;',
  '0002_b.sql': 'CREATE TABLE b (id int);',
  '0002_b_rollback.sql': 'DROP TABLE b;',
};
const CI = { ci: 'true' };

const keys = generateKeyPairSync('ed25519');
const others = generateKeyPairSync('ed25519');
const KEY_FILES = {
  'ours.pem': keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  'ours.pub.pem': keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  'others.pem': others.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};

let plain: string;
let signed: string;
beforeAll(async () => {
  const folder = new KeptFolder({ ...FILES, ...KEY_FILES });
  await folder.verify({ write: true });
  plain = folder.proofs;
  const report = await folder.verify({ write: true, sign: 'ours.pem' });
  expect(originOf(report)).toEqual({ '0001_a': 'run', '0002_b': 'run' });
  signed = folder.proofs;
});

function checkedOut(proofs: string, files: Readonly<Record<string, string>> = {}): KeptFolder {
  const folder = new KeptFolder({ ...FILES, ...KEY_FILES, ...files });
  folder.proofs = proofs;
  return folder;
}

/** The entry as somebody leaves it who wants another verdict and knows how the file is made. */
function claiming(entry: ProofEntry, changed: Partial<ProofEntry>, id: string): ProofEntry {
  const { digest: _, signature, ...open } = { ...entry, ...changed };
  return { ...sealed(id, open), signature };
}

const FILE = 'pivotal-flow.proofs.json';

describe('a stale file is an error in a pipeline and a warning elsewhere', () => {
  const stale = (folder: KeptFolder) => folder.entries;

  test.each<[string, (folder: KeptFolder) => void, readonly string[]]>([
    [
      'a rollback has changed',
      (folder) => folder.write({ '0002_b_rollback.sql': 'DROP TABLE b; -- mended' }),
      [`stale-proof 0002_b: its proof in ${FILE} is stale: its rollback script has changed`],
    ],
    [
      'a forward script has changed',
      (folder) => folder.write({ '0001_a.sql': 'CREATE TABLE a (id bigint);' }),
      [
        `stale-proof 0001_a: its proof in ${FILE} is stale: its forward script has changed`,
        `stale-proof 0002_b: its proof in ${FILE} is stale: what is applied before it has changed`,
      ],
    ],
    [
      'a migration is new, another is gone',
      (folder) => {
        folder.remove('0002_b.sql', '0002_b_rollback.sql');
        folder.write({ '0002_c.sql': 'SELECT 1;', '0002_c_rollback.sql': 'SELECT 1;' });
      },
      [
        `stale-proof 0002_c: there is no proof of it in ${FILE}`,
        `stale-proof 0002_b: ${FILE} holds a proof of it, and there is no such migration`,
      ],
    ],
    [
      'a verdict was written by hand',
      (folder) => {
        const { '0001_a': a, ...rest } = stale(folder);
        folder.entries = { '0001_a': { ...a!, verdict: 'conditional' }, ...rest };
      },
      [
        `stale-proof 0001_a: its proof in ${FILE} is stale: it was changed after it was written, by hand or by a merge`,
      ],
    ],
    [
      'the file says something else than a run finds',
      (folder) => {
        const { '0001_a': a, ...rest } = stale(folder);
        folder.entries = { '0001_a': claiming(a!, { verdict: 'refuted' }, '0001_a'), ...rest };
      },
      [`stale-proof 0001_a: its proof in ${FILE} is stale: it says refuted, and this run found proven`],
    ],
  ])('%s', async (_, change, told) => {
    const folder = checkedOut(plain);
    change(folder);
    const inCi = await folder.verify({}, CI);
    expect(toldOf(inCi)).toEqual(told.map((text) => `error ${text}`));
    expect(inCi.exitCode).toBe(1);
    expect(new Set(inCi.findings.map(({ fix }) => fix))).toEqual(
      new Set(['pivotal-flow verify --write --migrations .']),
    );
    const before = folder.proofs;
    const elsewhere = await folder.verify({}, { ci: 'false' });
    expect(toldOf(elsewhere)).toEqual(told.map((text) => `warning ${text}`));
    expect(elsewhere.exitCode).toBe(0);
    expect(folder.proofs).toBe(before);
    const mended = await folder.verify({ write: true }, CI);
    expect({ told: toldOf(mended), exitCode: mended.exitCode }).toEqual({ told: [], exitCode: 0 });
    expect((await folder.verify({}, CI)).findings).toEqual([]);
  });

  test('of named migrations alone it is judged, and of entries without a migration', async () => {
    const folder = checkedOut(plain, {
      '0001_a.sql': 'CREATE TABLE a (id bigint);',
      '0003_c.sql': 'SELECT 1;',
    });
    folder.entries = { ...folder.entries, '0000_old': folder.entries['0001_a']! };
    const report = await folder.verify({ ids: ['0002_b'] }, CI);
    expect(toldOf(report).map((text) => text.split(':')[0])).toEqual([
      'error stale-proof 0002_b',
      'error stale-proof 0000_old',
    ]);
    const nothing = await folder.verify({ ids: [] }, CI);
    expect(toldOf(nothing).map((text) => text.split(':')[0])).toEqual(['error stale-proof 0000_old']);
  });

  test('without a file there is nothing to be stale', async () => {
    expect((await new KeptFolder(FILES).verify({}, CI)).findings).toEqual([]);
  });
});

describe('without a signature the file is trusted as it is', () => {
  test('who knows how it is made can claim a verdict', async () => {
    const folder = checkedOut(plain, { '0002_b_rollback.sql': 'SELECT 1;' });
    await folder.verify({ write: true });
    const { '0002_b': b, ...rest } = folder.entries;
    expect(b?.verdict).toBe('refuted');
    folder.entries = { ...rest, '0002_b': claiming(b!, { verdict: 'proven', reason: null }, '0002_b') };
    expect(await folder.verify({}, CI)).toMatchObject({ exitCode: 0, findings: [] });
    expect(toldOf(await folder.verify({ cache: false }, CI))).toEqual([
      `error stale-proof 0002_b: its proof in ${FILE} is stale: it says proven, and this run found refuted`,
    ]);
  });
});

describe('signed proofs', () => {
  const publicKey = 'ours.pub.pem';

  test('signed by the key that is asked for, they are taken from the file', async () => {
    const report = await checkedOut(signed).verify({ publicKey }, CI);
    expect(originOf(report)).toEqual({ '0001_a': 'proof-file', '0002_b': 'proof-file' });
    expect(report).toMatchObject({ exitCode: 0, findings: [] });
  });

  test('what is not signed is run, and an error in a pipeline', async () => {
    const folder = checkedOut(plain);
    const inCi = await folder.verify({ publicKey }, CI);
    expect(originOf(inCi)).toEqual({ '0001_a': 'run', '0002_b': 'run' });
    expect(inCi.exitCode).toBe(1);
    expect(toldOf(inCi)).toEqual(
      ['0001_a', '0002_b'].map(
        (id) => `error unsigned-proof ${id}: its proof in ${FILE} is not signed by the key of ours.pub.pem`,
      ),
    );
    expect(inCi.findings[0]?.fix).toBe(
      'pivotal-flow verify --write --sign <private key file> --migrations .',
    );
    const elsewhere = await folder.verify({ publicKey });
    expect(elsewhere.exitCode).toBe(0);
    expect(toldOf(elsewhere)[0]).toMatch(/^warning unsigned-proof/);
  });

  test('a verdict that was not signed is forged, is run, and is an error in a pipeline', async () => {
    const folder = checkedOut(signed, { '0002_b_rollback.sql': 'SELECT 1;' });
    await folder.verify({ write: true, sign: 'ours.pem', publicKey });
    const { '0002_b': b, ...rest } = folder.entries;
    folder.entries = { ...rest, '0002_b': claiming(b!, { verdict: 'proven', reason: null }, '0002_b') };
    const report = await folder.verify({ publicKey }, CI);
    expect(report.migrations.map(({ verdict, from }) => `${verdict} ${from}`)).toEqual([
      'proven proof-file',
      'refuted run',
    ]);
    expect(toldOf(report)).toEqual([
      `error forged-proof 0002_b: its proof in ${FILE} is not what was signed`,
    ]);
  });

  test('who signs signs only what was proven with it or signed by the same key', async () => {
    const folder = checkedOut(signed);
    const again = await folder.verify({ write: true, sign: 'ours.pem' });
    expect(originOf(again)).toEqual({ '0001_a': 'proof-file', '0002_b': 'proof-file' });
    expect(folder.proofs).toBe(signed);
    const theirs = await folder.verify({ write: true, sign: 'others.pem' });
    expect(originOf(theirs)).toEqual({ '0001_a': 'run', '0002_b': 'run' });
    expect(folder.entries['0001_a']?.signature?.key).not.toBe(
      (JSON.parse(signed) as { proofs: typeof folder.entries }).proofs['0001_a']?.signature?.key,
    );
  });

  test('written without the key, they are said to be unsigned', async () => {
    const folder = checkedOut(signed, { '0002_b_rollback.sql': 'DROP TABLE b; -- x' });
    const report = await folder.verify({ write: true, publicKey }, CI);
    expect(toldOf(report)).toEqual([
      `warning unsigned-proof 0002_b: its proof in ${FILE} is not signed by the key of ours.pub.pem`,
    ]);
    expect(report.exitCode).toBe(0);
  });
});
