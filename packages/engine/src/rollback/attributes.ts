import { attributesOf, type CatalogObject, type Json } from '../catalog/model.ts';

/** The attributes of one object, each read as what it is. */
export class Attributes {
  readonly #values: Readonly<Record<string, Json>>;

  constructor(object: CatalogObject) {
    this.#values = attributesOf(object);
  }

  get names(): string[] {
    return Object.keys(this.#values);
  }

  /** `null` where there is none. */
  text(name: string): string | null {
    const value = this.#values[name];
    return value === null || value === undefined ? null : String(value);
  }

  is(name: string): boolean {
    return this.#values[name] === true;
  }

  list(name: string): readonly string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** An object; empty where there is none. */
  record(name: string): Readonly<Record<string, Json>> {
    const value = this.#values[name];
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Readonly<Record<string, Json>>)
      : {};
  }

  /** A list of objects. */
  records(name: string): readonly Readonly<Record<string, Json>>[] {
    const value = this.#values[name];
    return Array.isArray(value) ? (value as readonly Readonly<Record<string, Json>>[]) : [];
  }

  same(name: string, other: Attributes): boolean {
    return JSON.stringify(this.#values[name] ?? null) === JSON.stringify(other.#values[name] ?? null);
  }
}

/** An object that is as it was in name and is to be as it was in all. */
export class Alteration {
  /** As it is to be. */
  readonly before: CatalogObject;
  /** As it is. */
  readonly after: CatalogObject;
  readonly was: Attributes;
  readonly is: Attributes;
  /** An expression by which the values of a column come back to its type; `null` where a cast is the way. */
  readonly inverse: string | null;

  constructor(before: CatalogObject, after: CatalogObject, inverse: string | null = null) {
    this.inverse = inverse;
    this.before = before;
    this.after = after;
    this.was = new Attributes(before);
    this.is = new Attributes(after);
  }

  /** Attributes that are not the same. */
  get changed(): string[] {
    return [...new Set([...this.was.names, ...this.is.names])].filter((name) => this.differs(name));
  }

  differs(...names: readonly string[]): boolean {
    return names.some((name) => !this.was.same(name, this.is));
  }
}
