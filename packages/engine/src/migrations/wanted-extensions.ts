import type { MigrationSet, Script } from './model.ts';

/** An extension that a forward script creates, with the first place that does. */
export interface WantedExtension {
  readonly name: string;
  readonly script: Script;
  /** 1-based. */
  readonly line: number;
}

/** The extensions that the forward scripts of a set create (`CREATE EXTENSION`), each once. */
export function wantedExtensions(set: MigrationSet): WantedExtension[] {
  const wanted = new Map<string, WantedExtension>();
  for (const { forward } of set.migrations) {
    for (const statement of forward.statements) {
      const name = statement.type === 'CreateExtensionStmt' ? statement.tree['extname'] : undefined;
      if (typeof name !== 'string' || wanted.has(name)) continue;
      wanted.set(name, { name, script: forward, line: statement.line });
    }
  }
  return [...wanted.values()];
}
