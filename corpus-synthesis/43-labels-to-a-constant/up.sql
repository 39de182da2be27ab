DROP VIEW shapes;
ALTER TABLE plans ALTER shape TYPE integer USING 0;
DROP TYPE shape;
CREATE VIEW shapes AS SELECT shape FROM plans;
