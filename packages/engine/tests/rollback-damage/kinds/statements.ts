import { appended, type Damage, type DamageKind, scriptText, textsOf } from '../damage.ts';

/** Damages to the order and the number of a rollback's statements. */
export const STATEMENT_DAMAGES = {
  'statement forgotten': ({ rollback }) =>
    changedAt(textsOf(rollback), (texts, place) => texts.toSpliced(place, 1)),

  'neighbours exchanged': ({ rollback }) =>
    changedAt(textsOf(rollback), (texts, place) => {
      const [one = '', other] = texts.slice(place, place + 2);
      return other === undefined ? null : texts.toSpliced(place, 2, other, one);
    }),

  'statement run twice': ({ rollback }) =>
    changedAt(textsOf(rollback), (texts, place) => texts.toSpliced(place, 0, texts[place] ?? '')),

  'order reversed': ({ rollback }) =>
    rollback.length < 3 ? [] : [{ site: 'all', script: scriptText(textsOf(rollback).reverse()) }],

  'second half cut off': ({ rollback }) => {
    const half = Math.ceil(rollback.length / 2);
    return rollback.length < 3
      ? []
      : [{ site: 'half', script: scriptText(textsOf(rollback).slice(0, half)) }];
  },

  'statement of the forward script again': (site) =>
    textsOf(site.forward).map((text, place) => appended(site, String(place + 1), text)),

  'committed in between': ({ rollback }) =>
    changedAt(textsOf(rollback), (texts, place) =>
      place === 0 || /concurrently/i.test(texts.join()) ? null : texts.toSpliced(place, 0, 'commit'),
    ),
} satisfies Record<string, DamageKind>;

function changedAt(
  texts: readonly string[],
  change: (texts: readonly string[], place: number) => readonly string[] | null,
): Damage[] {
  return texts.flatMap((_, place) => {
    const changed = change(texts, place);
    return changed === null ? [] : [{ site: String(place + 1), script: scriptText(changed) }];
  });
}
