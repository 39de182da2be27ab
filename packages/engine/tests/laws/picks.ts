/**
 * Choices that were drawn beforehand: what is chosen hangs on these numbers and on what there is to choose from, and on nothing
 * else. Where numbers run out the first is chosen, so that shorter lists are simpler cases.
 */
export class Picks {
  readonly #numbers: readonly number[];
  #next = 0;

  /** @param numbers natural numbers */
  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** A number from 0 up to, and without, the limit. */
  below(limit: number): number {
    const number = this.#numbers[this.#next] ?? 0;
    this.#next += 1;
    return limit <= 0 ? 0 : number % limit;
  }

  /** One of a list; `undefined` where it is empty. */
  of<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)];
  }

  /** One of texts that there are always some of. */
  text(first: string, ...others: readonly string[]): string {
    return this.of([first, ...others]) ?? first;
  }

  /** Up to `most` of a list, at least one where there is one, in the order of the list. */
  some<T>(list: readonly T[], most: number): T[] {
    const count = Math.min(1 + this.below(most), list.length);
    const start = this.below(list.length);
    const places = Array.from({ length: count }, (_, place) => (start + place) % list.length);
    return list.filter((_, place) => places.includes(place));
  }
}
