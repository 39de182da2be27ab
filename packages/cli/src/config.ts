import type { PivotalFlowConfig as EngineConfig } from '@pivotal-flow/engine';

/** For `pivotal-flow.config.ts`: `export default { … } satisfies PivotalFlowConfig`. */
export type PivotalFlowConfig = EngineConfig;
