import type { CatalogObject, Snapshot } from './model.ts';

/**
 * The same snapshot, with every object that an earlier one holds unchanged taken from there, so that keeping
 * a snapshot for each migration of a long chain costs only what the migrations changed.
 */
export function shareUnchanged(earlier: Snapshot | undefined, snapshot: Snapshot): Snapshot {
  if (earlier === undefined) return snapshot;
  const objects = new Map<string, CatalogObject>();
  for (const [key, object] of snapshot.objects) {
    const known = earlier.objects.get(key);
    const same =
      known?.attributes === object.attributes &&
      known.identity === object.identity &&
      known.position === object.position;
    objects.set(key, known !== undefined && same ? known : object);
  }
  return { ...snapshot, objects };
}
