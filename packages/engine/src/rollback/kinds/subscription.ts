import type { CatalogObject, Json } from '../../catalog/model.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { type Alteration, Attributes } from '../attributes.ts';
import { type AlterationDraft, type Draft, inOrder, statements, unwritten } from '../draft.ts';
import { named } from '../kind-defaults.ts';

type Row = Readonly<Record<string, Json>>;

/** Columns of pg_subscription (PostgreSQL manual 52.54) by the option that ALTER SUBSCRIPTION … SET takes for them. */
const OPTIONS: Readonly<Record<string, string>> = {
  subbinary: 'binary',
  substream: 'streaming',
  subsynccommit: 'synchronous_commit',
  subdisableonerr: 'disable_on_error',
  subpasswordrequired: 'password_required',
  subrunasowner: 'run_as_owner',
  suborigin: 'origin',
};

/** What is given back by statements of their own. */
const BY_THEMSELVES: readonly string[] = ['subenabled', 'subpublications', 'subslotname'];

/**
 * ALTER and DROP SUBSCRIPTION, as far as neither asks the publisher: what does cannot be in a transaction, and fails where that
 * server is not reached.
 */
export const subscription = named('SUBSCRIPTION', {
  drop: (object) => {
    const slot = rowOf(new Attributes(object))['subslotname'];
    if (slot === null) return statements(`DROP SUBSCRIPTION IF EXISTS ${object.name}`);
    return untold(
      object,
      `it has the slot ${String(slot)} at its publisher, which DROP SUBSCRIPTION would drop there, outside of a transaction`,
    );
  },
  create: (object) => untold(object, 'its connection is in no snapshot, since it may hold a password'),
  alter: (change): AlterationDraft =>
    inOrder(
      ...(change.differs('settings') ? [changedSettings(change)] : []),
      ...(change.differs('connection')
        ? [untold(change.before, 'its connection of before is in no snapshot, since it may hold a password')]
        : []),
    ),
});

function untold({ name }: CatalogObject, why: string): Draft {
  return unwritten(`subscription ${name}: ${why}`);
}

function rowOf(attributes: Attributes): Row {
  return attributes.record('settings');
}

/** It is told to rest first and to go on last, since a slot is taken away only from one that rests. */
function changedSettings({ before, was, is }: Alteration): Draft {
  const [wanted, present] = [rowOf(was), rowOf(is)];
  const alter = `ALTER SUBSCRIPTION ${before.name}`;
  const changed = [...new Set([...Object.keys(wanted), ...Object.keys(present)])].filter(
    (column) => JSON.stringify(wanted[column]) !== JSON.stringify(present[column]),
  );
  const differs = (column: string) => changed.includes(column);
  const options = changed.filter((column) => OPTIONS[column] !== undefined);
  const others = changed.filter((column) => !(column in OPTIONS || BY_THEMSELVES.includes(column)));
  const settings = [
    ...(differs('subslotname') ? [`slot_name = ${slotName(wanted['subslotname'])}`] : []),
    ...options.map((column) => `${OPTIONS[column]} = ${optionValue(wanted[column])}`),
  ];
  return inOrder(
    ...(differs('subenabled') && wanted['subenabled'] === false ? [statements(`${alter} DISABLE`)] : []),
    ...(settings.length === 0 ? [] : [statements(`${alter} SET (${settings.join(', ')})`)]),
    ...(differs('subpublications') ? [publications(before, alter, wanted)] : []),
    ...(differs('subenabled') && wanted['subenabled'] === true ? [statements(`${alter} ENABLE`)] : []),
    ...others.map((column) => untold(before, `${column} can only be changed in accord with its publisher`)),
  );
}

/** Which tables that are is asked of the publisher, and not in a transaction; one that rests asks when it goes on. */
function publications(object: CatalogObject, alter: string, wanted: Row): Draft {
  const names = wanted['subpublications'];
  const list = (Array.isArray(names) ? names : []).map((name) => quoteIdentifier(String(name)));
  const text = statements(`${alter} SET PUBLICATION ${list.join(', ')} WITH (refresh = false)`);
  if (wanted['subenabled'] !== true) return text;
  return inOrder(
    text,
    untold(
      object,
      'which tables it takes has to be asked of its publisher, outside of a transaction: ALTER SUBSCRIPTION … REFRESH PUBLICATION',
    ),
  );
}

function slotName(slot: Json | undefined): string {
  return slot === null || slot === undefined ? 'NONE' : quoteLiteral(String(slot)).trim();
}

/** Letters stand for `streaming`: on, off or parallel (from PostgreSQL 16 on). */
function optionValue(value: Json | undefined): string {
  const streaming: Readonly<Record<string, string>> = { t: 'on', f: 'off', p: 'parallel' };
  return quoteLiteral(streaming[String(value)] ?? String(value)).trim();
}
