/** Statements that make up to this many tables go to the server as one text. */
const BATCH = 100;
/**
 * SQL for a schema of many tables as business applications have them: eight columns with defaults, a primary key, a
 * foreign key, a check, two indexes and a comment each, and a view for every tenth.
 * @param tables how many
 * @returns texts to be executed one after the other
 */
export function snapshotSchema(tables) {
    const texts = [];
    for (let first = 0; first < tables; first += BATCH) {
        const numbers = Array.from({ length: Math.min(BATCH, tables - first) }, (_, index) => first + index);
        texts.push(numbers.map(tableText).join('\n'));
    }
    return texts;
}
function tableText(number) {
    const name = `record_${number}`;
    const parent = number === 0 ? '' : `REFERENCES record_${Math.floor(number / 2)} (id)`;
    const view = `CREATE VIEW open_${name} AS SELECT id, title, amount FROM ${name} WHERE status = 'open';`;
    return `
    CREATE TABLE ${name} (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      parent_id bigint ${parent},
      title varchar(200) NOT NULL,
      status text NOT NULL DEFAULT 'open' CONSTRAINT ${name}_status CHECK (status IN ('open', 'closed')),
      amount numeric(12, 2) NOT NULL DEFAULT 0,
      metadata jsonb NOT NULL DEFAULT '{}',
      created_at timestamptz NOT NULL DEFAULT now(),
      deleted_at timestamptz
    );
    CREATE INDEX ${name}_parent_idx ON ${name} (parent_id);
    CREATE INDEX ${name}_open_idx ON ${name} (created_at) WHERE deleted_at IS NULL;
    COMMENT ON TABLE ${name} IS 'Records of kind ${number}';
    ${number % 10 === 0 ? view : ''}`;
}
//# sourceMappingURL=snapshot-schema.js.map