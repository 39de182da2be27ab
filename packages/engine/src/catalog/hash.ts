import { createHash } from 'node:crypto';
import { attributesOf, type CatalogObject, type Json, type Snapshot } from './model.ts';

/**
 * Hash for comparing two moments of one server: every attribute of every object counts.
 * @returns SHA-256, hexadecimal
 */
export function exactHash(snapshot: Snapshot): string {
  return hashLines(sorted(snapshot).map((object) => `${object.key}\n${object.attributes}`));
}

/**
 * Hash for comparing two servers, such as a proof and production: owners and privileges are taken relative
 * to the role that reads; roles, what depends on the version or on the provider, and the place of columns
 * in storage are left out.
 * @returns SHA-256, hexadecimal
 */
export function portableHash(snapshot: Snapshot): string {
  const described = sorted(snapshot).filter(
    (object) => !object.traits.clusterWide && object.traits.kind !== 'database',
  );
  return hashLines([
    ...described.map((object) => portableLine(object, snapshot.role)),
    ...unmodelledLines(snapshot),
  ]);
}

/** Snapshots that follow each other share most of their objects. */
const LINES = new WeakMap<CatalogObject, { readonly role: string; readonly line: string }>();

function portableLine(object: CatalogObject, role: string): string {
  const known = LINES.get(object);
  if (known?.role === role) return known.line;
  const line = `${object.key}\n${JSON.stringify(portableAttributes(object, role))}`;
  LINES.set(object, { role, line });
  return line;
}

const SELF = '<migrating role>';

function portableAttributes(object: CatalogObject, role: string): Json {
  const attributes: Record<string, Json> = {};
  for (const [name, value] of Object.entries(attributesOf(object))) {
    if (object.traits.local.includes(name)) continue;
    if (name === 'owner') attributes[name] = value === role ? SELF : value;
    else if (name === 'privileges' && Array.isArray(value))
      attributes[name] = value.map((item) => relativeTo(role, String(item))).sort();
    else attributes[name] = value;
  }
  return attributes;
}

/** `grantee=privileges/grantor`, names quoted as in an aclitem's text. */
function relativeTo(role: string, item: string): string {
  const quoted = /^[A-Za-z0-9_]+$/.test(role) ? role : `"${role.replaceAll('"', '""')}"`;
  const grantee = item.startsWith(`${quoted}=`) ? SELF + item.slice(quoted.length) : item;
  return grantee.endsWith(`/${quoted}`) ? grantee.slice(0, -quoted.length) + SELF : grantee;
}

function unmodelledLines(snapshot: Snapshot): string[] {
  return snapshot.unmodelled
    .filter((state) => state.fingerprint !== '')
    .map((state) => `unmodelled ${state.what}`);
}

/** Who asks for one hash asks for the other. */
const SORTED = new WeakMap<Snapshot, readonly CatalogObject[]>();

function sorted(snapshot: Snapshot): readonly CatalogObject[] {
  const known = SORTED.get(snapshot);
  if (known !== undefined) return known;
  const objects = [...snapshot.objects.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  SORTED.set(snapshot, objects);
  return objects;
}

function hashLines(lines: readonly string[]): string {
  const text = lines.map((line) => `${line}\n`).join('');
  return createHash('sha256').update(text).digest('hex');
}
