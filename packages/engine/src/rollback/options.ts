import type { Attributes } from './attributes.ts';
import { withoutArguments } from './own-name.ts';

/** ` WITH (…)`, or nothing. @param options as `name=value` */
export function withOptions(options: readonly string[]): string {
  return options.length === 0 ? '' : ` WITH (${options.map(option).join(', ')})`;
}

/**
 * SET and RESET of what differs between two lists of `name=value`.
 * @param alter such as `ALTER TABLE public.quotes`
 */
export function changedOptions(
  alter: string,
  wanted: readonly string[],
  present: readonly string[],
): string[] {
  const names = wanted.map(nameOf);
  const gone = present.map(nameOf).filter((name) => !names.includes(name));
  const other = wanted.filter((one) => !present.includes(one));
  return [
    ...(gone.length === 0 ? [] : [`${alter} RESET (${gone.join(', ')})`]),
    ...(other.length === 0 ? [] : [`${alter} SET (${other.map(option).join(', ')})`]),
  ];
}

function nameOf(text: string): string {
  return text.slice(0, text.indexOf('='));
}

/** Values are words and numbers, which need no quotes, but for a few that hold other characters. */
function option(text: string): string {
  const value = text.slice(text.indexOf('=') + 1);
  return /^[\w.+-]+$/.test(value) ? text : `${nameOf(text)}='${value.replaceAll("'", "''")}'`;
}

/** `option = function` for each attribute that names one; functions are named without their arguments there. */
export function functionOptions(
  attributes: Attributes,
  options: readonly (readonly [attribute: string, option: string])[],
): string {
  return options
    .flatMap(([attribute, option]) => {
      const value = attributes.text(attribute);
      return value === null ? [] : [`${option} = ${withoutArguments(value)}`];
    })
    .join(', ');
}
