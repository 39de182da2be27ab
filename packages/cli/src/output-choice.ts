import type { Report } from '@pivotal-flow/engine';
import { type Command, Option } from 'commander';

/** How much of a report a text shows. */
export type Detail = 'normal' | 'verbose' | 'quiet';

/** What a command writes and where. */
export interface OutputChoice {
  readonly command: Report['command'];
  readonly format: 'text' | 'json';
  readonly color: boolean;
  readonly detail: Detail;
  /** A file that gets the report as well. */
  readonly output: string | undefined;
  /** Whether stdout gets the scripts that were written, and stderr the report. */
  readonly scripts: boolean;
}

/** The options that every command has for its output, as commander hands them over. */
export interface OutputFlags {
  readonly format: 'text' | 'json';
  readonly output?: string;
  readonly color: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

/** Adds the options for the output to a command. */
export function addOutputOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <format>', 'how the report is written').choices(['text', 'json']).default('text'),
    )
    .option('--output <file>', 'write the report to a file as well')
    .addOption(
      new Option('--verbose', 'show everything: all steps, times and differences').conflicts('quiet'),
    )
    .option('--quiet', 'show only what is not all good, and no progress')
    .option('--no-color', 'no colours');
}

/** Reads the flags of a command. */
export function choiceOf(command: Report['command'], flags: OutputFlags): OutputChoice {
  const detail = flags.verbose === true ? 'verbose' : flags.quiet === true ? 'quiet' : 'normal';
  return { command, format: flags.format, color: flags.color, detail, output: flags.output, scripts: false };
}
