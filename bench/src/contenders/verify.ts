import { surroundingsOf, verify as verifyMigrations } from '@pivotal-flow/engine';
import type { Contender } from './contender.ts';

/** The whole job of this project, with a server of its own that it starts and stops. */
export const verify: Contender = {
  name: 'verify',
  what: 'apply, compare, roll back, compare, apply again, compare; with starting its servers',
  run: async ({ chain, folders }) => {
    const options = { cwd: folders.paired, migrations: '.', layout: 'paired', server: 'embedded' } as const;
    const started = performance.now();
    const report = await verifyMigrations(
      options,
      surroundingsOf(process, () => {}),
      () => {},
    );
    const ms = performance.now() - started;
    const { proven } = report.summary;
    if (proven !== chain.length) throw new Error(`it proved ${proven} of ${chain.length}`);
    return ms;
  },
};
