import type { Script } from '../migrations/model.ts';
import type { ParseNode, Statement } from '../sql/statement.ts';

/**
 * Whether a round trip surely leaves every row and every sequence as one application of the forward script
 * would have left it. Then the same database can go on to the next migration. When in doubt, no: the only
 * price is a fresh copy.
 *
 * The forward script may only add; the rollback may only take away, rename and redefine what holds no row.
 * That it takes away no more than was added is what the comparison of the schema shows.
 */
export function rowsUntouched(forward: Script, rollback: Script): boolean {
  return forward.statements.every(onlyAdds) && rollback.statements.every(onlyTakesAway);
}

/** Definitions that neither read nor write a row of a table that was there before. */
const WITHOUT_ROWS = [
  'IndexStmt',
  'ViewStmt',
  'CreateFunctionStmt',
  'CreateTrigStmt',
  'CreatePolicyStmt',
  'AlterPolicyStmt',
  'CreateStatsStmt',
  'CommentStmt',
  'GrantStmt',
  'TransactionStmt',
];

const ADDING = new Set([
  ...WITHOUT_ROWS,
  'CreateStmt',
  'CreateEnumStmt',
  'CompositeTypeStmt',
  'CreateDomainStmt',
  'CreateSchemaStmt',
  'CreateSeqStmt',
]);

const TAKING_AWAY = new Set([...WITHOUT_ROWS, 'DropStmt', 'RenameStmt']);

const COMMANDS_WITHOUT_ROWS = [
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
  'AT_ResetRelOptions',
  'AT_ChangeOwner',
];

const ADDING_COMMANDS = new Set([...COMMANDS_WITHOUT_ROWS, 'AT_AddColumn']);

const COMMANDS_TAKING_AWAY = new Set([...COMMANDS_WITHOUT_ROWS, 'AT_DropColumn']);

/** Objects without rows. */
const DROPPABLE = new Set([
  'OBJECT_INDEX',
  'OBJECT_VIEW',
  'OBJECT_TRIGGER',
  'OBJECT_POLICY',
  'OBJECT_FUNCTION',
  'OBJECT_PROCEDURE',
]);

function onlyAdds(statement: Statement): boolean {
  if (statement.type === 'DropStmt') return DROPPABLE.has(String(statement.tree['removeType']));
  if (statement.type !== 'AlterTableStmt') return statement.type !== null && ADDING.has(statement.type);
  return commandsOf(statement).every(
    (command) => ADDING_COMMANDS.has(command.subtype) && drawsNothing(command),
  );
}

function onlyTakesAway(statement: Statement): boolean {
  if (statement.type !== 'AlterTableStmt') return statement.type !== null && TAKING_AWAY.has(statement.type);
  return commandsOf(statement).every(({ subtype }) => COMMANDS_TAKING_AWAY.has(subtype));
}

interface Command {
  readonly subtype: string;
  readonly def: ParseNode;
}

function commandsOf(statement: Statement): Command[] {
  const commands = (statement.tree['cmds'] ?? []) as readonly { AlterTableCmd?: Partial<Command> }[];
  return commands.map(({ AlterTableCmd: command }) => ({
    subtype: command?.subtype ?? '',
    def: command?.def ?? {},
  }));
}

/** A new column's default is computed for every row there is; one that draws from a sequence would draw twice. */
function drawsNothing({ subtype, def }: Command): boolean {
  if (subtype !== 'AT_AddColumn') return true;
  const column = (def['ColumnDef'] ?? {}) as { constraints?: readonly { Constraint?: ParseNode }[] };
  return (column.constraints ?? []).every(({ Constraint: constraint }) => {
    if (constraint?.['contype'] !== 'CONSTR_DEFAULT') return true;
    return isPlainValue(constraint['raw_expr'] as ParseNode);
  });
}

const PLAIN_FUNCTIONS = new Set(['now', 'gen_random_uuid', 'clock_timestamp', 'statement_timestamp']);

function isPlainValue(expression: ParseNode): boolean {
  if ('A_Const' in expression || 'SQLValueFunction' in expression) return true;
  if ('TypeCast' in expression) return isPlainValue((expression['TypeCast'] as { arg: ParseNode }).arg);
  const call = expression['FuncCall'] as { funcname?: readonly { String?: { sval?: string } }[] } | undefined;
  return PLAIN_FUNCTIONS.has(call?.funcname?.at(-1)?.String?.sval ?? '');
}
