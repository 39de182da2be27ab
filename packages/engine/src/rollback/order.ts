/** Nodes in an order that keeps every edge, or those that lie on circles. */
export type Ordering<T> =
  | { readonly kind: 'ordered'; readonly nodes: readonly T[] }
  | { readonly kind: 'circular'; readonly nodes: readonly T[] };

/**
 * Puts nodes in an order that keeps all edges; among those that may come next the first in the given order does, so that
 * the outcome is the same every time.
 *
 * @param nodes in the order that is wished for
 * @param edges pairs of nodes of which the first has to come first
 */
export function inTopologicalOrder<T>(nodes: readonly T[], edges: Iterable<readonly [T, T]>): Ordering<T> {
  const followers = new Map<T, Set<T>>(nodes.map((node) => [node, new Set<T>()]));
  const waits = new Map<T, number>(nodes.map((node) => [node, 0]));
  for (const [first, second] of edges) {
    const known = followers.get(first);
    if (first === second || known === undefined || known.has(second) || !waits.has(second)) continue;
    known.add(second);
    waits.set(second, (waits.get(second) ?? 0) + 1);
  }
  const places = new Map(nodes.map((node, place) => [node, place]));
  const ready = nodes.filter((node) => waits.get(node) === 0);
  const ordered: T[] = [];
  for (let node = ready.shift(); node !== undefined; node = ready.shift()) {
    ordered.push(node);
    for (const follower of followers.get(node) ?? []) {
      const left = (waits.get(follower) ?? 0) - 1;
      waits.set(follower, left);
      if (left === 0) insert(ready, follower, places);
    }
  }
  if (ordered.length === nodes.length) return { kind: 'ordered', nodes: ordered };
  const done = new Set(ordered);
  return { kind: 'circular', nodes: nodes.filter((node) => !done.has(node)) };
}

function insert<T>(ready: T[], node: T, places: ReadonlyMap<T, number>): void {
  const place = places.get(node) ?? 0;
  const at = ready.findIndex((other) => (places.get(other) ?? 0) > place);
  ready.splice(at < 0 ? ready.length : at, 0, node);
}
