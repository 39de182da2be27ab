/** Orders by code units, the same on every machine. */
export function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders strings of digits by their number, of any length. */
export function byNumber(a: string, b: string): number {
  const left = significant(a);
  const right = significant(b);
  return left.length - right.length || byName(left, right);
}

/** A number as written, without leading zeros: `007` and `7` are the same version. */
export function significant(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}
