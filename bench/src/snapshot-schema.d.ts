/**
 * SQL for a schema of many tables as business applications have them: eight columns with defaults, a primary key, a
 * foreign key, a check, two indexes and a comment each, and a view for every tenth.
 * @param tables how many
 * @returns texts to be executed one after the other
 */
export declare function snapshotSchema(tables: number): string[];
