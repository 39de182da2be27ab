import { Attributes } from '../attributes.ts';
import { guarded, MAKE_ANEW, statements } from '../draft.ts';
import { existenceOf } from '../existence.ts';
import { named } from '../kind-defaults.ts';

/** CREATE and ALTER TEXT SEARCH DICTIONARY; its options are held as they are written. */
export const textSearchDictionary = named('TEXT SEARCH DICTIONARY', {
  create: (object) => {
    const attributes = new Attributes(object);
    const options = [`TEMPLATE = ${attributes.text('template')}`, ...optionsIn(attributes)];
    return guarded(
      `NOT ${existenceOf(object)}`,
      `CREATE TEXT SEARCH DICTIONARY ${object.name} (${options.join(', ')})`,
    );
  },
  alter: (change) => {
    if (change.differs('template')) return MAKE_ANEW;
    const [wanted, present] = [optionsIn(change.was), optionsIn(change.is)];
    const names = wanted.map(nameOf);
    const gone = present.map(nameOf).filter((name) => !names.includes(name));
    // An option without a value is taken away.
    const list = [...gone, ...wanted.filter((option) => !present.includes(option))];
    return statements(`ALTER TEXT SEARCH DICTIONARY ${change.before.name} (${list.join(', ')})`);
  },
});

/** `accept = 'true', stopwords = 'english'` */
function optionsIn(attributes: Attributes): string[] {
  const parts = (attributes.text('options') ?? '').match(/(?:'(?:[^']|'')*'|"(?:[^"]|"")*"|[^,'"])+/g);
  return (parts ?? []).map((part) => part.trim());
}

function nameOf(option: string): string {
  return option.slice(0, option.indexOf('=')).trim();
}
