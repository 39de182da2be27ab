import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Report } from '@pivotal-flow/engine';
import pc from 'picocolors';
import { type Io, wantsColour } from './io.ts';
import type { OutputChoice } from './output-choice.ts';
import { renderJson } from './reporters/json.ts';
import { renderText } from './reporters/text.ts';

/**
 * Writes a report to stdout, and to a file where one was asked for.
 * @returns the exit code: the report's, or 3 where all was good but the file could not be written
 */
export async function deliver(report: Report, choice: OutputChoice, io: Io): Promise<number> {
  const told = await written(report, choice, io);
  if (choice.scripts) io.stdout.write(scriptsOf(told));
  const target = choice.scripts ? io.stderr : io.stdout;
  const colour = choice.color && wantsColour(target, io.env);
  target.write(await rendered(told, choice, { colour, columns: target.columns, io }));
  return told.exitCode;
}

/** Scripts one after the other, each under the name of its file where there are several; of `generate` the forward script. */
function scriptsOf({ migrations, command }: Report): string {
  const scripts = migrations.flatMap(({ generated, synthesized }) => {
    const script = command === 'generate' ? generated : synthesized;
    return script === null ? [] : [script];
  });
  const [only] = scripts;
  if (scripts.length === 1 && only !== undefined) return only.text;
  return scripts.map(({ file, text }) => `-- File: ${file.replaceAll(/[\r\n]+/g, ' ')}\n${text}`).join('\n');
}

/** Tells what kept a command from being carried out: as a report on stdout for machines, else in words on stderr. */
export async function deliverFailure(error: unknown, choice: OutputChoice, io: Io): Promise<number> {
  const { failureReport } = await import('@pivotal-flow/engine');
  const report = failureReport(error, { command: choice.command, durationMs: 0 });
  const told = await written(report, choice, io);
  const target = choice.format === 'json' ? io.stdout : io.stderr;
  const colour = choice.color && wantsColour(target, io.env);
  target.write(await rendered(told, choice, { colour, columns: target.columns, io }));
  return told.exitCode;
}

/** A file is not a terminal: no colours, and lines as long as they need to be. */
const FILE_COLUMNS = 160;

/** Writes the file that was asked for. A file that cannot be written loses no verdict: the report tells of it. */
async function written(report: Report, choice: OutputChoice, io: Io): Promise<Report> {
  if (choice.output === undefined) return report;
  const text = await rendered(report, choice, { colour: false, columns: FILE_COLUMNS, io });
  try {
    const path = resolve(io.cwd, choice.output);
    // One folder at most: making several at once never ends where none can be made, such as under /proc.
    await access(dirname(path)).catch(() => mkdir(dirname(path)));
    await writeFile(path, text);
    return report;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const error = {
      code: 'unwritable-output',
      message: `the report could not be written: ${why}`,
      fix: 'name another file, in a folder that is there: --output FILE',
      file: choice.output,
      line: null,
      column: null,
    };
    return {
      ...report,
      errors: [...report.errors, error],
      exitCode: report.exitCode === 0 ? 3 : report.exitCode,
    };
  }
}

interface Rendering {
  readonly colour: boolean;
  readonly columns: number;
  readonly io: Io;
}

async function rendered(
  report: Report,
  choice: OutputChoice,
  { colour, columns, io }: Rendering,
): Promise<string> {
  if (choice.format === 'json') return renderJson(report);
  const sources = await sourcesOf(report, io.cwd);
  return renderText(report, { columns, colours: pc.createColors(colour), detail: choice.detail, sources });
}

/** The files in which a step failed, so that the lines around the place can be shown. */
async function sourcesOf(report: Report, cwd: string): Promise<ReadonlyMap<string, string>> {
  const failed = report.migrations.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.error === null ? [] : [step.error.file])),
  );
  const sources = new Map<string, string>();
  const unwritten = new Map(report.migrations.flatMap(scriptsNotOnDisk));
  for (const file of new Set(failed)) {
    const text = unwritten.get(file) ?? (await readFile(resolve(cwd, file), 'utf8').catch(() => null));
    if (text !== null) sources.set(file, text);
  }
  return sources;
}

/** Scripts that were run although they are in no file, by the file that they would be in. */
function scriptsNotOnDisk({ generated, synthesized }: Report['migrations'][number]): [string, string][] {
  return [generated, synthesized].flatMap((script): [string, string][] =>
    script?.state === 'not-written' ? [[script.file, script.text]] : [],
  );
}
