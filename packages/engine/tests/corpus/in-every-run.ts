/**
 * Of a long list what is run every time: each `step`th; all of it under `pnpm test:long`. For suites that try one reader or writer
 * on every scenario, most of which tell the same.
 */
export function inEveryRun<T>(all: readonly T[], step: number): T[] {
  return process.env['PIVOTAL_FLOW_LONG'] === '1' ? [...all] : all.filter((_, place) => place % step === 0);
}
