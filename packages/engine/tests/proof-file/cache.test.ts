import { beforeAll, describe, expect, test } from 'vitest';
import { openTestServer } from '../server.ts';
import { IS_EMBEDDED, verdictsOf } from '../verify/verify-files.ts';
import { KeptFolder, originOf, toldOf, WITHOUT_SERVER } from './kept-folder.ts';

const FILES: Readonly<Record<string, string>> = {
  '0001_t.sql': 'CREATE TABLE t (id int PRIMARY KEY, note text NOT NULL, code text);',
  '0001_t_rollback.sql': 'DROP TABLE t;',
  '0002_looser.sql': 'ALTER TABLE t ALTER note DROP NOT NULL;',
  '0002_looser_rollback.sql': 'ALTER TABLE t ALTER note SET NOT NULL;',
  '0003_lower.sql': 'UPDATE t SET code = lower(code);',
  '0003_lower_rollback.sql': '-- Accepts loss: t.code, nobody knows how it was written\nSELECT 1;',
  '0004_gone.sql': 'CREATE VIEW v AS SELECT id FROM t;',
  '0004_gone_rollback.sql': '-- Irreversible: for the test\n',
};
const IDS = ['0001_t', '0002_looser', '0003_lower', '0004_gone'];

let written: string;
beforeAll(async () => {
  const folder = new KeptFolder(FILES);
  await folder.verify({ write: true });
  written = folder.proofs;
});

/** The folder with its proof file, as it is after a checkout. */
function checkedOut(): KeptFolder {
  const folder = new KeptFolder(FILES);
  folder.proofs = written;
  return folder;
}

const RUN = (...ids: readonly string[]) =>
  Object.fromEntries(IDS.map((id) => [id, ids.includes(id) ? 'run' : 'proof-file']));

describe('unchanged migrations are not run again', () => {
  test.runIf(IS_EMBEDDED)('nothing to run: no server is started, and the report says the same', async () => {
    const folder = checkedOut();
    const fresh = await folder.verify({ cache: false, allowIrreversible: true });
    const report = await folder.verify({ allowIrreversible: true }, { ...WITHOUT_SERVER, ci: 'true' });
    expect(originOf(report)).toEqual(RUN());
    expect(report).toMatchObject({ exitCode: 0, server: null, scope: 'rows', findings: [], errors: [] });
    expect(verdictsOf(report)).toEqual(verdictsOf(fresh));
    expect(report.summary).toEqual(fresh.summary);
    for (const [place, migration] of report.migrations.entries()) {
      const { equality, seeded, notChecked, losses } = fresh.migrations[place]!;
      expect(migration).toMatchObject({ equality, seeded, notChecked, steps: [], notices: [] });
      expect(migration.losses).toEqual(losses.map((loss) => ({ ...loss, rows: null, example: null })));
    }
    expect(report.migrations[1]?.conditions).toEqual(
      fresh.migrations[1]?.conditions.map((condition) => ({
        ...condition,
        error: { ...condition.error, detail: null },
      })),
    );
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'a forward script: it and all after it',
      { '0002_looser.sql': 'ALTER TABLE t ALTER COLUMN note DROP NOT NULL;' },
      IDS.slice(1),
    ],
    [
      'a rollback: it alone',
      { '0002_looser_rollback.sql': 'ALTER TABLE t ALTER COLUMN note SET NOT NULL;' },
      ['0002_looser'],
    ],
    [
      'a new one: it alone',
      { '0005_new.sql': 'CREATE TABLE n ();', '0005_new_rollback.sql': 'DROP TABLE n;' },
      ['0005_new'],
    ],
  ])('what is run after a change of %s', async (_, files, ids) => {
    const folder = checkedOut();
    folder.write(files);
    const report = await folder.verify({ allowIrreversible: true });
    expect(report.exitCode).toBe(0);
    const all = report.migrations.map(({ id }) => id);
    expect(all).toEqual([...IDS, ...ids.filter((id) => !IDS.includes(id))]);
    expect(all.filter((id) => originOf(report)[id] === 'run')).toEqual(ids);
    expect(report.findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(
      ids.map(() => 'warning stale-proof'),
    );
  });

  test('without the cache all are run; a file that says what they find is not stale', async () => {
    const report = await checkedOut().verify({ cache: false, allowIrreversible: true }, { ci: 'true' });
    expect(originOf(report)).toEqual(RUN(...IDS));
    expect(report).toMatchObject({ exitCode: 0, findings: [] });
  });

  test('what is not all good under the options of the run is run, so that its details are shown', async () => {
    const strict = await checkedOut().verify({ strict: true });
    expect(originOf(strict)).toEqual(RUN('0002_looser', '0004_gone'));
    expect(strict.exitCode).toBe(1);
    expect(toldOf(strict)).toEqual([]);
  });

  test('another accepted equality is another proof; other rows are as good, but not this run', async () => {
    const exact = await checkedOut().verify({ equality: 'exact', ids: ['0001_t'] });
    expect(toldOf(exact)).toEqual([
      'warning stale-proof 0001_t: its proof in pivotal-flow.proofs.json is stale: it accepts residual as equal, and this run exact',
    ]);
    const seed = await checkedOut().verify({ seed: 2, allowIrreversible: true }, { ci: 'true' });
    expect(originOf(seed)).toEqual(RUN(...IDS));
    expect(seed).toMatchObject({
      exitCode: 0,
      findings: [
        {
          code: 'proofs-made-otherwise',
          severity: 'notice',
          message: expect.stringMatching(/^4 proofs .* seed 1, and this run is for .* seed 2/) as string,
        },
      ],
    });
  });

  test('named ones are taken from the file as well', async () => {
    const named = await checkedOut().verify({ ids: ['0001_t'] });
    expect(originOf(named)).toEqual({ '0001_t': 'proof-file' });
  });

  test('the schema alone has nothing to do with the file: it may even be broken', async () => {
    const folder = checkedOut();
    folder.proofs = 'no JSON';
    const report = await folder.verify({ data: false, allowIrreversible: true });
    expect(originOf(report)).toEqual(RUN(...IDS));
    expect(report).toMatchObject({ exitCode: 0, scope: 'schema', findings: [] });
  });

  test.runIf(IS_EMBEDDED)('the descent is walked all the same, over proofs from the file', async () => {
    const folder = new KeptFolder(FILES);
    folder.remove('0004_gone.sql', '0004_gone_rollback.sql');
    await folder.verify({ write: true });
    const report = await folder.verify({ descent: true });
    const walked = report.migrations.map(({ from, steps }) => [
      from,
      ...steps.map(({ name }) => name).sort(),
    ]);
    // Once on empty tables and once with rows.
    const twice = ['ascend', 'ascend', 'descend', 'descend'];
    expect(walked).toEqual(Array.from({ length: 3 }, () => ['proof-file', ...twice]));
    expect(report).toMatchObject({ exitCode: 0, server: { kind: 'embedded' } });
  });
});

describe.runIf(IS_EMBEDDED)('on a server of the user', () => {
  test.each(['its superuser', 'an ordinary role'])(
    '%s: proofs of the embedded one hold there',
    async (who) => {
      const server = await openTestServer();
      const database = await server.createDatabase();
      const session = await server.connect(database);
      const role = `proof_file_${process.pid}`;
      await session.query(`CREATE ROLE ${role} LOGIN CREATEDB`);
      try {
        const url = new URL(server.databaseUrl(database));
        if (who === 'an ordinary role') url.searchParams.set('user', role);
        const folder = checkedOut();
        const options = { server: url.href, allowIrreversible: true };
        const unchanged = await folder.verify(options, { ci: 'true' });
        expect(originOf(unchanged)).toEqual(RUN());
        const report = await folder.verify({ ...options, cache: false }, { ci: 'true' });
        expect(report).toMatchObject({ exitCode: 0, server: { kind: 'url' }, findings: [] });
      } finally {
        await session.query(`DROP ROLE ${role}`);
        await session.close();
      }
    },
  );
});
