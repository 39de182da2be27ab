/** For `pivotal-flow.config.ts`: `export default { … } satisfies PivotalFlowConfig`. */
export type { PivotalFlowConfig } from '@pivotal-flow/engine';
