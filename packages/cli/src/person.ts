import type { Person } from '@pivotal-flow/engine';
import { InputError } from '@pivotal-flow/engine/start';
import type { Stage } from './conduct.ts';
import type { Terminal } from './io.ts';

/**
 * Lets the engine ask whoever sits before the terminal.
 * @param signal ends a question that is open
 */
export function personAt(
  { input, output }: Terminal,
  { hold }: Pick<Stage, 'hold'>,
  signal: AbortSignal | undefined,
): Person {
  const common = { input, output, ...(signal === undefined ? {} : { signal }) };
  return {
    purpose: () =>
      hold(async () => {
        const { isCancel, text } = await import('@clack/prompts');
        const validate = (value: string | undefined) =>
          (value ?? '').trim() === ''
            ? 'One sentence: it stands in the header, for whoever reads it later'
            : undefined;
        const placeholder = 'Write large exports in the background';
        const answer = await text({
          message: 'What is the migration for?',
          placeholder,
          validate,
          ...common,
        });
        if (isCancel(answer)) throw noAnswer();
        return answer;
      }),
    track: () =>
      hold(async () => {
        const { isCancel, select } = await import('@clack/prompts');
        const options = [
          { value: 'B', label: 'B', hint: 'business feature' },
          { value: 'C', label: 'C', hint: 'infrastructure' },
          { value: '', label: 'none' },
        ];
        const answer = await select({ message: 'Which track?', options, ...common });
        if (isCancel(answer)) throw noAnswer();
        return answer === '' ? null : answer;
      }),
    setAside: (destroyed) =>
      hold(async () => {
        const { confirm, isCancel } = await import('@clack/prompts');
        const message = `The migration destroys ${destroyed.join(', ')}. Set it aside, so that the rollback can bring it back?`;
        const answer = await confirm({ message, active: 'yes (--stash)', inactive: 'no', ...common });
        if (isCancel(answer)) throw noAnswer();
        return answer;
      }),
    answering: (work) => hold(() => work((text) => void output.write(text))),
  };
}

function noAnswer(): InputError {
  const message = 'a question was left without an answer, so that nothing was written';
  return new InputError([
    { code: 'no-answer', message, fix: 'run it again, or answer in advance: --purpose "…" --track B' },
  ]);
}
