import { checkMachine } from './doctor/machine.ts';
import { checkProject, type ProjectFound } from './doctor/project.ts';
import { checkServer, type ServerFound } from './doctor/server.ts';
import { EnvironmentError } from './errors/environment-error.ts';
import { InputError } from './errors/input-error.ts';
import { plainReport, problemsOf } from './plain-report.ts';
import type { Surroundings } from './postgres/surroundings.ts';
import type { ConfigRequest } from './project/read-config.ts';
import { type ExitCode, worstExitCode } from './report/exit-code.ts';
import type { Finding, Report, ReportError } from './report/report.ts';
import { type GivenSettings, resolveSettings, type Settings } from './settings.ts';

/** What `doctor` looks at. */
export interface DoctorRequest extends ConfigRequest {
  readonly given: GivenSettings;
  /** Version of Node without the `v`. */
  readonly nodeVersion: string;
}

/**
 * Looks whether this machine, this configuration and this folder are ready. Everything is looked at, whatever else is
 * wrong. What is fine is a finding of severity `notice`.
 *
 * @returns exit code 0 ready; 1 a finding is an error; 2 configuration or folder cannot be read; 3 no server
 */
export async function doctor(request: DoctorRequest, surroundings: Surroundings): Promise<Report> {
  const started = surroundings.now();
  const failures: Failure[] = [];
  const attempt = async <Value>(work: () => Promise<Value>): Promise<Value | null> => {
    try {
      return await work();
    } catch (error) {
      failures.push(failureOf(error));
      return null;
    }
  };
  const machine = await checkMachine(request, surroundings);
  const settings: Settings | null = await attempt(() => resolveSettings(request.given, request));
  const project: ProjectFound | null =
    settings === null ? null : await attempt(() => checkProject(settings, request));
  const server: ServerFound | null = await attempt(() =>
    checkServer(
      { option: settings?.options.server ?? request.given.server, set: project?.set ?? null },
      surroundings,
    ),
  );
  const findings: Finding[] = [...machine, ...(server?.findings ?? []), ...(project?.findings ?? [])];
  return plainReport({
    command: 'doctor',
    durationMs: surroundings.now() - started,
    server: server === null ? null : { kind: server.kind, version: server.version },
    folder: project?.set.folder ?? null,
    layout: project?.set.layout ?? null,
    findings,
    errors: failures.flatMap(({ errors }) => errors),
    errorExitCode: worstExitCode(failures.map(({ exitCode }) => exitCode)),
  });
}

interface Failure {
  readonly errors: readonly ReportError[];
  readonly exitCode: ExitCode;
}

/** Faults of ours are not findings and pass on. */
function failureOf(error: unknown): Failure {
  if (error instanceof InputError) return { errors: problemsOf(error), exitCode: 2 };
  if (error instanceof EnvironmentError) return { errors: problemsOf(error), exitCode: 3 };
  throw error;
}
