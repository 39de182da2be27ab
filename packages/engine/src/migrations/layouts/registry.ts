import type { LayoutName } from '../model.ts';
import { diesel } from './diesel.ts';
import { drizzle } from './drizzle.ts';
import { drizzleV1 } from './drizzle-v1.ts';
import { golangMigrate } from './golang-migrate.ts';
import type { Layout } from './layout.ts';
import { paired } from './paired.ts';

/** Every layout by its name. */
export const LAYOUT_REGISTRY = {
  drizzle,
  'drizzle-v1': drizzleV1,
  paired,
  'golang-migrate': golangMigrate,
  diesel,
} as const satisfies Record<LayoutName, Layout>;
