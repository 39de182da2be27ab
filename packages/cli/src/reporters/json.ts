import type { Report } from '@pivotal-flow/engine';

/** The report as the JSON contract has it. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
