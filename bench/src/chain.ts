/** One generated migration: statements of the forward script and of its rollback. */
export interface GeneratedMigration {
  /** `0007_add_column`. */
  readonly id: string;
  readonly up: readonly string[];
  readonly down: readonly string[];
}

/** The tables made so far; each kind of migration picks its table among them. */
interface Growth {
  readonly place: number;
  readonly tables: number;
}

interface KindOfMigration {
  readonly name: string;
  readonly makesTable: boolean;
  readonly write: (growth: Growth) => { readonly up: readonly string[]; readonly down: readonly string[] };
}

/** A table of those there are, spread evenly and the same in every run. */
function someTable({ place, tables }: Growth): string {
  return `"t_${(place * 7) % tables}"`;
}

const ADD_TABLE: KindOfMigration = {
  name: 'add_table',
  makesTable: true,
  write: ({ tables }) => {
    const parent = tables === 0 ? null : (tables * 5) % tables;
    const name = `t_${tables}`;
    const reference = `ALTER TABLE "${name}" ADD CONSTRAINT "${name}_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "t_${parent}" ("id")`;
    return {
      up: [
        `CREATE TABLE "${name}" ("id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL, "name" varchar(80) NOT NULL, "amount" numeric(12, 2) DEFAULT 0 NOT NULL, "note" text, "parent_id" uuid, "created_at" timestamp with time zone DEFAULT now() NOT NULL, CONSTRAINT "${name}_amount" CHECK ("amount" >= 0))`,
        ...(parent === null ? [] : [reference]),
        `CREATE INDEX "${name}_name_idx" ON "${name}" ("name")`,
      ],
      down: [`DROP TABLE IF EXISTS "${name}"`],
    };
  },
};

/** What a migration of each place does, over and over: three tables in ten migrations, as real folders have them. */
const KINDS: readonly KindOfMigration[] = [
  ADD_TABLE,
  {
    name: 'add_column',
    makesTable: false,
    write: (growth) => ({
      up: [`ALTER TABLE ${someTable(growth)} ADD COLUMN "c_${growth.place}" integer DEFAULT 0 NOT NULL`],
      down: [`ALTER TABLE ${someTable(growth)} DROP COLUMN IF EXISTS "c_${growth.place}"`],
    }),
  },
  {
    name: 'add_index',
    makesTable: false,
    write: (growth) => ({
      up: [`CREATE INDEX "i_${growth.place}" ON ${someTable(growth)} ("created_at" DESC)`],
      down: [`DROP INDEX IF EXISTS "i_${growth.place}"`],
    }),
  },
  ADD_TABLE,
  {
    name: 'add_status',
    makesTable: false,
    write: (growth) => ({
      up: [
        `CREATE TYPE "e_${growth.place}" AS ENUM ('open', 'won', 'lost')`,
        `ALTER TABLE ${someTable(growth)} ADD COLUMN "s_${growth.place}" "e_${growth.place}" DEFAULT 'open' NOT NULL`,
      ],
      down: [
        `ALTER TABLE ${someTable(growth)} DROP COLUMN IF EXISTS "s_${growth.place}"`,
        `DROP TYPE IF EXISTS "e_${growth.place}"`,
      ],
    }),
  },
  {
    name: 'add_check',
    makesTable: false,
    write: (growth) => ({
      up: [
        `ALTER TABLE ${someTable(growth)} ADD CONSTRAINT "k_${growth.place}" CHECK (length("note") < ${100 + growth.place})`,
      ],
      down: [`ALTER TABLE ${someTable(growth)} DROP CONSTRAINT IF EXISTS "k_${growth.place}"`],
    }),
  },
  ADD_TABLE,
  {
    name: 'add_view',
    makesTable: false,
    write: (growth) => ({
      up: [
        `CREATE VIEW "v_${growth.place}" AS SELECT "id", "name" FROM ${someTable(growth)} WHERE "amount" > ${growth.place}`,
      ],
      down: [`DROP VIEW IF EXISTS "v_${growth.place}"`],
    }),
  },
  {
    name: 'add_trigger',
    makesTable: false,
    write: (growth) => ({
      up: [
        `CREATE FUNCTION "f_${growth.place}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$`,
        `CREATE TRIGGER "g_${growth.place}" BEFORE UPDATE ON ${someTable(growth)} FOR EACH ROW EXECUTE FUNCTION "f_${growth.place}"()`,
      ],
      down: [
        `DROP TRIGGER IF EXISTS "g_${growth.place}" ON ${someTable(growth)}`,
        `DROP FUNCTION IF EXISTS "f_${growth.place}"()`,
      ],
    }),
  },
  {
    name: 'rename_column',
    makesTable: false,
    write: ({ place, tables }) => ({
      up: [
        `ALTER TABLE "t_${tables - 1}" RENAME COLUMN "parent_id" TO "origin_${place}"`,
        `COMMENT ON COLUMN "t_${tables - 1}"."note" IS 'since ${place}'`,
      ],
      down: [
        `COMMENT ON COLUMN "t_${tables - 1}"."note" IS NULL`,
        `ALTER TABLE "t_${tables - 1}" RENAME COLUMN "origin_${place}" TO "parent_id"`,
      ],
    }),
  },
];

/**
 * A chain of migrations with rollbacks of mixed kinds over a growing schema; the same for the same length.
 * @param length how many
 */
export function generateChain(length: number): GeneratedMigration[] {
  const chain: GeneratedMigration[] = [];
  let tables = 0;
  for (let place = 0; place < length; place += 1) {
    const kind = KINDS[place % KINDS.length] ?? ADD_TABLE;
    chain.push({
      id: `${String(place).padStart(4, '0')}_${kind.name}`,
      ...kind.write({ place, tables }),
    });
    if (kind.makesTable) tables += 1;
  }
  return chain;
}
