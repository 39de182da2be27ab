import { EnvironmentError } from './errors/environment-error.ts';
import { InputError } from './errors/input-error.ts';
import type { Problem } from './errors/problem.ts';
import { ServerError } from './postgres/server-error.ts';
import { buildReport } from './report/build-report.ts';
import type { ExitCode } from './report/exit-code.ts';
import type { Finding, Report, ReportError } from './report/report.ts';
import { TOOL_VERSION } from './version.ts';

/** What a report without proofs says. */
export interface PlainReport {
  readonly command: Report['command'];
  readonly durationMs: number;
  readonly server?: Report['server'];
  readonly folder?: string | null;
  readonly layout?: string | null;
  readonly findings?: readonly Finding[];
  readonly errors?: readonly ReportError[];
  /** What the errors make of the exit code. */
  readonly errorExitCode?: ExitCode;
}

/** A report of a command that proved nothing. */
export function plainReport(content: PlainReport): Report {
  return buildReport({
    toolVersion: TOOL_VERSION,
    server: null,
    folder: null,
    layout: null,
    findings: [],
    errors: [],
    errorExitCode: 0,
    ...content,
    proofs: [],
    unchanged: new Set(),
    generated: new Map(),
    synthesized: new Map(),
    seed: null,
    sequences: [],
    strictness: { allowIrreversible: false, strict: false },
  });
}

/**
 * A report of a command that could not be carried out. Anything but an `InputError` (exit code 2), an
 * `EnvironmentError` (exit code 3) and a connection that broke is a fault of ours; it is told as such, with exit code 3,
 * because nothing was checked.
 */
export function failureReport(error: unknown, context: Pick<PlainReport, 'command' | 'durationMs'>): Report {
  if (error instanceof InputError) {
    return plainReport({ ...context, errors: problemsOf(error), errorExitCode: 2 });
  }
  if (error instanceof EnvironmentError) {
    return plainReport({ ...context, errors: problemsOf(error), errorExitCode: 3 });
  }
  if (error instanceof ServerError && error.sqlstate === null) {
    const lost = { code: 'connection-lost', message: error.message, fix: LOOK_WHY };
    return plainReport({ ...context, errors: [toldProblem(lost)], errorExitCode: 3 });
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return plainReport({
    ...context,
    errors: [toldProblem({ code: 'internal-error', message, fix: REPORT_IT })],
    errorExitCode: 3,
  });
}

/** The errors that a report gives for an exception of ours. */
export function problemsOf(error: InputError | EnvironmentError): ReportError[] {
  if (error instanceof InputError) return error.problems.map(toldProblem);
  const { code, message, fix } = error;
  return [toldProblem({ code, message, fix })];
}

const LOOK_WHY =
  'look for what ended it: a script with pg_terminate_backend, somebody else, or the server, whose log says so; then run the same again';

const REPORT_IT = `this is a fault in pivotal-flow ${TOOL_VERSION}, not in your migrations; please report it with the lines above`;

function toldProblem({ code, message, fix, file, line, column }: Problem): ReportError {
  return { code, message, fix, file: file ?? null, line: line ?? null, column: column ?? null };
}
