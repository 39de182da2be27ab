import { expect, test } from 'vitest';
import { failureReport } from './plain-report.ts';
import { ServerError } from './postgres/server-error.ts';

const CONTEXT = { command: 'verify', durationMs: 0 } as const;

test('a connection that broke is no fault of ours, and is told without a stack', () => {
  const message = 'the connection to the server broke: terminating connection due to administrator command';
  const { errors, exitCode } = failureReport(new ServerError(message, { sqlstate: null }), CONTEXT);
  expect(errors).toMatchObject([
    { code: 'connection-lost', message, fix: expect.stringContaining('run the same again') },
  ]);
  expect(exitCode).toBe(3);
});

test('a refusal of a query of ours is one', () => {
  const { errors } = failureReport(new ServerError('no such column', { sqlstate: '42703' }), CONTEXT);
  expect(errors).toMatchObject([{ code: 'internal-error' }]);
});
