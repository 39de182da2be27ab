import { quoteLiteral } from '../sql/quote.ts';
import { dollarTag } from './dollar-tag.ts';

/**
 * A statement about the database in which the script is run, whose name is not known when it is written.
 * @param text with `%I` for the name, in which nothing else may be taken for a place
 */
export function onThis(text: string): string {
  const [before = '', ...behind] = text.split('%I');
  const format = `${before.replaceAll('%', '%%')}%I${behind.join('%I').replaceAll('%', '%%')}`;
  const tag = dollarTag('do', format);
  return `DO ${tag} BEGIN EXECUTE format(${quoteLiteral(format).trim()}, current_database()); END ${tag}`;
}
