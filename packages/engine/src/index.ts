/**
 * The public surface of the engine. What is not named here is no promise.
 */
export { exactHash, portableHash } from './catalog/hash.ts';
export type { PivotalFlowConfig } from './config.ts';
export { type DoctorRequest, doctor } from './doctor.ts';
export type { Problem } from './errors/problem.ts';
export type { GenerateRequest, Person } from './generate/request.ts';
export { generate } from './generate.ts';
export { type InitRequest, init } from './init.ts';
export type { VerifyOptions } from './options.ts';
export { failureReport, plainReport } from './plain-report.ts';
export { type DevelopmentServer, startDevelopmentServer } from './postgres/embedded/development-server.ts';
export type { KeptDataOwner } from './postgres/embedded/kept-data.ts';
export type { Surroundings } from './postgres/surroundings.ts';
export {
  type Finding,
  type MigrationReport,
  type Report,
  type ReportError,
  reportJsonSchema,
  reportSchema,
} from './report/report.ts';
export { selectMigrations } from './select-migrations.ts';
export { type GivenSettings, resolveSettings, type Settings } from './settings.ts';
export * from './start.ts';
export { type StashCommand, stash } from './stash.ts';
export { type SynthesizeRequest, synthesize } from './synthesize.ts';
export { verify } from './verify.ts';
export type { VerifyProgress } from './walk.ts';
