import { InputError, nearest } from '@pivotal-flow/engine/start';
import type { Command, CommanderError } from 'commander';
import type { OutputChoice } from './output-choice.ts';

/** What commander refused, in our words: what is wrong, and the nearest right thing to type. */
export function usageError(error: CommanderError, program: Command, argv: readonly string[]): InputError {
  const command = commandOf(program, argv);
  const help = command === undefined ? 'pivotal-flow --help' : `pivotal-flow ${command.name()} --help`;
  if (error.code === 'commander.help') {
    return new InputError([{ code: 'usage', message: 'no command was named', fix: `see ${help}` }]);
  }
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = /Did you mean (.+)\?/.exec(rest.join(' '))?.[1] ?? nearestChoice(first);
  return new InputError([
    {
      code: 'usage',
      message: first.replace(/\.$/, ''),
      fix: suggestion === undefined ? `see ${help}` : `did you mean ${suggestion}? see ${help}`,
    },
  ]);
}

function nearestChoice(message: string): string | undefined {
  const [, value, choices] = /argument '(.*)' is invalid\. Allowed choices are (.*)\.$/.exec(message) ?? [];
  return nearest(value ?? '', choices?.split(', ') ?? []) ?? undefined;
}

/** The command that a command line names, as far as that can be told of one that was refused. */
function commandOf(program: Command, argv: readonly string[]): Command | undefined {
  return program.commands.find((command) => command.name() === argv.find((word) => !word.startsWith('-')));
}

/** The output that a refused command line asks for. */
export function outputChoiceOf(argv: readonly string[], program: Command): OutputChoice {
  const format = argumentOf('--format', argv) === 'json' ? 'json' : 'text';
  const command = commandOf(program, argv)?.name() ?? 'verify';
  return {
    command: command as OutputChoice['command'],
    format,
    color: !argv.includes('--no-color'),
    detail: 'normal',
    output: argumentOf('--output', argv),
    scripts: false,
  };
}

function argumentOf(option: string, argv: readonly string[]): string | undefined {
  const joined = argv.find((word) => word.startsWith(`${option}=`));
  if (joined !== undefined) return joined.slice(option.length + 1);
  const place = argv.indexOf(option);
  return place === -1 ? undefined : argv[place + 1];
}
