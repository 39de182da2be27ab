/**
 * What a rollback does about the order of columns. `exact`: they stand where they did. `append`: what comes back stands behind
 * the others. `auto`: where functions of the database go by the order they stand where they did, elsewhere behind the others.
 */
export const COLUMN_ORDERS = ['auto', 'exact', 'append'] as const;
export type ColumnOrder = (typeof COLUMN_ORDERS)[number];
