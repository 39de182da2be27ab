/**
 * What a program needs before it knows what it is asked to do: names, errors, and what surrounds it. None of the
 * engine's libraries is loaded for it, so that a program's help is there at once. The main entry
 * has it all as well.
 */
export { ACCEPTABLE_EQUALITIES } from './diff/change.ts';
export { EnvironmentError } from './errors/environment-error.ts';
export { InputError } from './errors/input-error.ts';
export { LAYOUTS } from './migrations/model.ts';
export { redactUrl } from './postgres/redact-url.ts';
export { surroundingsOf } from './postgres/surroundings.ts';
export { isCi } from './project/ci.ts';
export { nearest } from './project/nearest.ts';
export { COLUMN_ORDERS } from './rollback/column-order/column-order.ts';
export { TOOL_VERSION } from './version.ts';
