/**
 * The public surface of the engine. What is not named here is no promise.
 */
export { exactHash, portableHash } from './catalog/hash.ts';
export type { PivotalFlowConfig } from './config.ts';
export { ACCEPTABLE_EQUALITIES } from './diff/change.ts';
export { type DoctorRequest, doctor } from './doctor.ts';
export { EnvironmentError } from './errors/environment-error.ts';
export { InputError } from './errors/input-error.ts';
export type { Problem } from './errors/problem.ts';
export { type InitRequest, init } from './init.ts';
export { LAYOUTS } from './migrations/model.ts';
export type { VerifyOptions } from './options.ts';
export { failureReport, plainReport } from './plain-report.ts';
export { type DevelopmentServer, startDevelopmentServer } from './postgres/embedded/development-server.ts';
export type { KeptDataOwner } from './postgres/embedded/kept-data.ts';
export { redactUrl } from './postgres/redact-url.ts';
export { type Surroundings, surroundingsOf } from './postgres/surroundings.ts';
export { nearest } from './project/nearest.ts';
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
export { verify } from './verify.ts';
export { TOOL_VERSION } from './version.ts';
export type { VerifyProgress } from './walk.ts';
