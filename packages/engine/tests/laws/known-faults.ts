/** What is known not to be right yet. A case in which nothing else is wrong does not fail. */
interface KnownFault {
  /** What a complaint of it looks like. */
  readonly seen: RegExp;
  /** What is complained of as well wherever it is. */
  readonly follows?: RegExp;
  /** What the forward script has in it, where the complaint alone could be about something else as well. */
  readonly forward?: RegExp;
  readonly why: string;
}

/** By name, with the reason. Each is to go when it is mended. */
const KNOWN_FAULTS: Readonly<Record<string, KnownFault>> = {
  'partition attached again': {
    seen: /pg_constraint: .*: connoinherit=false → connoinherit=true$/,
    why: 'catalog/kinds/constraint.ts: that a key cannot be inherited is marked otherwise on a partition that was attached, and no part of the snapshot (12-partition-dropped)',
  },
  'partition key taken in': {
    seen: /pg_constraint: .*: conparentid=- → conparentid=/,
    follows:
      /^after the [^:]*: (?:[-+] pg_(?:class|constraint|index|inherits): |~ pg_class: .*: relispartition=false → relispartition=true$)/,
    forward: /drop constraint/,
    why: 'rollback/intents.ts: a key of the whole table that comes back takes in one that a partition has of its own over the same columns, instead of making another',
  },
  'count before a partition is attached': {
    seen: /^rollback(?:, run twice)? fails: in the way of this rollback: rows of .* that refer to no row of /,
    forward: /(?:detach partition|drop table)/,
    why: 'rollback/refusals/place-refusals.ts: what a foreign key of a partition finds in the whole table is counted before the partition is back in it',
  },
  'type of a new table': {
    seen: /^rollback(?:, run twice)? fails: cannot drop type .* because other objects depend on it/,
    forward: /alter type .* (?:attribute|value) /,
    why: 'rollback/intents.ts: a type that is made anew is dropped before what the migration made of it',
  },
  "settings of a partition's column": {
    seen: /pg_attribute: .*: att(?:options|stattarget|storage|compression)=/,
    forward: /drop column/,
    why: 'rollback/membership.ts: a column of partitions comes back with that of the whole table, and what was said of one of them alone is not said again',
  },
  'partition changed after it was attached': {
    seen: /^rollback(?:, run twice)? fails: cannot (?:alter|drop|rename) inherited /,
    forward: /(?:detach partition|drop table)/,
    why: 'rollback/edges.ts: what a partition inherits is changed in it as well, after it was attached again',
  },
};

/** Those complaints that are of no known fault. */
export function unknownOf(forward: string, complaints: readonly string[]): string[] {
  const known = Object.values(KNOWN_FAULTS).filter(
    ({ forward: has, seen }) =>
      (has === undefined || has.test(forward)) && complaints.some((each) => seen.test(each)),
  );
  return complaints.filter(
    (complaint) => !known.some(({ seen, follows }) => seen.test(complaint) || follows?.test(complaint)),
  );
}

/** Reasons for which no rollback is written, as they should be; any other is a fault. */
const GOOD_REASONS: readonly RegExp[] = [
  /has no key by which its rows could be told apart after the migration$/,
  /^what it destroys is not destroyed within one transaction/,
  /: it stays marked as the table's own, which only making the table anew takes back$/,
];

/** Of what a draft says that it leaves, line by line, what it should not have to leave. */
export function strangeReasons(why: string): string[] {
  return why.split('\n').filter((line) => !GOOD_REASONS.some((reason) => reason.test(line)));
}
