import type { Script } from '../migrations/model.ts';
import type { Statement } from '../sql/statement.ts';

/**
 * Whether a round trip surely leaves every row and every sequence as one application of the forward script
 * would have left it. Then the same database can go on to the next migration. When in doubt, no: the only
 * price is a fresh copy.
 *
 * The forward script may only add; then the rollback, if it is plain DDL, can only remove what was added.
 */
export function rowsUntouched(forward: Script, rollback: Script): boolean {
  return forward.statements.every(onlyAdds) && rollback.statements.every(isPlainDdl);
}

/** Definitions that neither read nor write a row of a table that was there before. */
const ADDING = new Set([
  'CreateStmt',
  'IndexStmt',
  'CreateEnumStmt',
  'CompositeTypeStmt',
  'CreateDomainStmt',
  'CreateSchemaStmt',
  'CreateSeqStmt',
  'ViewStmt',
  'CreateFunctionStmt',
  'CreateTrigStmt',
  'CreatePolicyStmt',
  'CreateStatsStmt',
  'CommentStmt',
  'GrantStmt',
  'TransactionStmt',
]);

const ADDING_COMMANDS = new Set([
  'AT_AddColumn',
  'AT_AddConstraint',
  'AT_ColumnDefault',
  'AT_SetNotNull',
  'AT_DropNotNull',
  'AT_DropConstraint',
  'AT_ValidateConstraint',
  'AT_EnableRowSecurity',
  'AT_DisableRowSecurity',
  'AT_ForceRowSecurity',
  'AT_NoForceRowSecurity',
  'AT_SetStatistics',
  'AT_SetRelOptions',
  'AT_ChangeOwner',
]);

function onlyAdds(statement: Statement): boolean {
  if (statement.type === null) return false;
  if (statement.type === 'AlterTableStmt')
    return commandsOf(statement).every((command) => ADDING_COMMANDS.has(command));
  if (statement.type === 'DropStmt') return DROPPABLE.has(String(statement.tree['removeType']));
  return ADDING.has(statement.type);
}

/** Objects without rows. */
const DROPPABLE = new Set([
  'OBJECT_INDEX',
  'OBJECT_VIEW',
  'OBJECT_TRIGGER',
  'OBJECT_POLICY',
  'OBJECT_FUNCTION',
  'OBJECT_PROCEDURE',
]);

const PLAIN_DDL = new Set([
  ...ADDING,
  'AlterTableStmt',
  'DropStmt',
  'AlterEnumStmt',
  'RenameStmt',
  'AlterPolicyStmt',
]);

function isPlainDdl(statement: Statement): boolean {
  return statement.type !== null && PLAIN_DDL.has(statement.type);
}

function commandsOf(statement: Statement): string[] {
  const commands = (statement.tree['cmds'] ?? []) as readonly { AlterTableCmd?: { subtype?: string } }[];
  return commands.map((command) => command.AlterTableCmd?.subtype ?? '');
}
