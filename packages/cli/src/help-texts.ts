import type { Surroundings } from '@pivotal-flow/engine';
import type { Io, Output } from './io.ts';
import { createProgram } from './program.ts';

/** Width of the help where it is printed in a page. */
const COLUMNS = 100;

/** The help of the program and of each command, by name, as it is shown on a terminal. */
export function helpTexts(): ReadonlyMap<string, string> {
  let text = '';
  const output: Output = {
    write: (part) => {
      text += part;
    },
    isTTY: false,
    columns: COLUMNS,
  };
  const program = createProgram({ ...UNUSED, stdout: output, stderr: output }, () => {});
  const texts = new Map<string, string>();
  for (const command of [program, ...program.commands]) {
    text = '';
    command.outputHelp();
    texts.set(command.name(), text);
  }
  return texts;
}

/** Help runs no command. */
const UNUSED: Omit<Io, 'stdout' | 'stderr'> = {
  stdin: { isTTY: false, text: () => Promise.resolve('') },
  terminal: null,
  env: {},
  cwd: '/',
  nodeVersion: '0.0.0',
  surroundings: (): Surroundings => {
    throw new Error('help needs no surroundings');
  },
  onInterrupt: () => () => {},
};
