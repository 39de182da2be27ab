/** Whether a pipeline is at work and no person: the variable `CI` is set, and to something else than "no". */
export function isCi(env: Readonly<Record<string, string | undefined>>): boolean {
  return !['', '0', 'false'].includes(env['CI'] ?? '');
}
