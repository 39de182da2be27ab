ALTER TABLE moves RENAME COLUMN note TO remark;
ALTER TABLE moves RENAME COLUMN id TO swap;
ALTER TABLE moves RENAME COLUMN qty TO id;
ALTER TABLE moves RENAME COLUMN swap TO qty;
ALTER TABLE moves RENAME CONSTRAINT not_zero TO not_none;
ALTER TABLE moves_2024_first RENAME TO moves_first;
ALTER TABLE animals RENAME COLUMN legs TO feet;
ALTER TABLE animals RENAME TO beasts;
