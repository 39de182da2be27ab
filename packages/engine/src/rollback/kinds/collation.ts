import { quoteLiteral } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { statements } from '../draft.ts';
import { named } from '../kind-defaults.ts';

/** `pg_collation.collprovider`. */
const PROVIDERS: Readonly<Record<string, string>> = { i: 'icu', c: 'libc', b: 'builtin' };

/** CREATE COLLATION. One for every encoding can only be copied from one that is (`C` and `POSIX`). */
export const collation = named('COLLATION', {
  create: (object) => {
    const attributes = new Attributes(object);
    const collate = attributes.text('collate');
    if (attributes.text('encoding') === '-1' && (collate === 'C' || collate === 'POSIX'))
      return statements(`CREATE COLLATION IF NOT EXISTS ${object.name} FROM pg_catalog."${collate}"`);
    const options = [
      `provider = ${PROVIDERS[attributes.text('provider') ?? 'c']}`,
      ...literal('locale', attributes.text('locale')),
      ...literal('lc_collate', attributes.text('collate')),
      ...literal('lc_ctype', attributes.text('ctype')),
      ...literal('rules', attributes.text('rules')),
      `deterministic = ${attributes.is('deterministic')}`,
    ];
    return statements(`CREATE COLLATION IF NOT EXISTS ${object.name} (${options.join(', ')})`);
  },
});

function literal(option: string, value: string | null): string[] {
  return value === null ? [] : [`${option} = ${quoteLiteral(value).trim()}`];
}
