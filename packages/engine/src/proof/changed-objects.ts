/** Rows of a table that go, or values that do. */
export interface RemovedRows {
  /** Without its schema. */
  readonly table: string;
  /** Columns that get another value; `null` where whole rows may go. */
  readonly columns: readonly string[] | null;
}

/** What a text of SQL does to what it names. */
export interface ChangedObjects {
  readonly removed: readonly RemovedRows[];
  /** Types and domains that are altered or dropped, without their schemas. */
  readonly types: readonly string[];
  readonly schemas: readonly string[];
  /** Whether it puts statements together, so that what they name cannot be read in it. */
  readonly isDynamic: boolean;
}

const PART = String.raw`(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{M}\p{N}_$]*)`;
const NAME = String.raw`(${PART}(?:\s*\.\s*${PART})*)`;
const DELETED = new RegExp(String.raw`\b(?:delete\s+from|merge\s+into)\s+(?:only\s+)?${NAME}`, 'giu');
const EMPTIED = /\btruncate\s+(?:table\s+)?([^;]*)/giu;
const UPDATED = new RegExp(
  String.raw`\bupdate\s+(?:only\s+)?${NAME}\s*(?:\*\s*)?(?:as\s+)?(?:${PART}\s+)??set\b(.*?)(?:\bwhere\b|\bfrom\b|\breturning\b|;|$)`,
  'gisu',
);
const ASSIGNED = new RegExp(String.raw`${NAME}\s*(?:\[[^\]]*\]\s*)?(?:=|,|\))`, 'giu');
const TYPE = new RegExp(String.raw`\b(?:alter|drop)\s+(?:type|domain)\s+(?:if\s+exists\s+)?${NAME}`, 'giu');
const SCHEMA = new RegExp(String.raw`\b(?:alter|drop)\s+schema\s+(?:if\s+exists\s+)?${NAME}`, 'giu');

/** But for `GRANT EXECUTE ON`, triggers' `EXECUTE FUNCTION`, and a statement that stands there as one string. */
const DYNAMIC = /\bexecute\b(?!\s+(?:function|procedure|on)\b)(?!\s*'(?:[^']|'')*'\s*;)/iu;

/** One of these words is in whatever the others find; most texts have none. */
const TELLING = /\b(?:delete|merge|truncate|update|type|domain|schema|execute)\b/iu;

const NOTHING: ChangedObjects = { removed: [], types: [], schemas: [], isDynamic: false };

/**
 * Reads in a text, wherever in it, which rows its statements may take away and which types and schemas they change. It
 * reads words, so that it finds more than there is rather than less.
 */
export function changedObjects(text: string): ChangedObjects {
  if (!TELLING.test(text)) return NOTHING;
  const updated = [...text.matchAll(UPDATED)].map(([, name = '', set = '']) => ({
    table: lastOf(name),
    columns: [...set.matchAll(ASSIGNED)].map(([, column = '']) => lastOf(column)),
  }));
  const deleted = namesIn(text, DELETED).map((table) => ({ table, columns: null }));
  const emptied = [...text.matchAll(EMPTIED)].flatMap(([, list = '']) =>
    [...list.matchAll(new RegExp(NAME, 'gu'))].map(([, name = '']) => ({
      table: lastOf(name),
      columns: null,
    })),
  );
  return {
    removed: [...updated, ...deleted, ...emptied],
    types: namesIn(text, TYPE),
    schemas: namesIn(text, SCHEMA),
    isDynamic: DYNAMIC.test(text),
  };
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => lastOf(name));
}

/** `b` of `a.b` and of `a."b"`, as PostgreSQL folds it. */
function lastOf(name: string): string {
  const [part = ''] = new RegExp(`${PART}$`, 'u').exec(name) ?? [];
  return part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toLowerCase();
}
