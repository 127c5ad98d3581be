/** The lines that a schema lacks for a good mapping, spelled as the rest of that schema is. */
import type { Addition } from "../../sketch.js";
import type { Column, Table } from "./tables.js";

/** How a schema spells a column of two words: `ownerId`, `owner_id`, or the one in Prisma and the other in the database. */
interface Spelling {
  readonly name: string;
  readonly inDatabase: string;
}

const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();

function spelled(table: Table, name: string): Spelling {
  const prisma = table.columns.some((column) => column.name.includes("_")) ? snake(name) : name;
  const database = table.columns.some((column) => column.inDatabase.includes("_")) ? snake(name) : name;
  return { name: prisma, inDatabase: database };
}

const mapped = ({ name, inDatabase }: Spelling): string => (name === inDatabase ? "" : ` @map("${inDatabase}")`);

const quoted = (table: Table): string => (table.schema === undefined ? `"${table.inDatabase}"` : `"${table.schema}"."${table.inDatabase}"`);

function sqlType(column: Column): string {
  const native = /^db\.(\w+)(\(.*\))?$/.exec(column.native ?? "");
  const named = native?.[1];
  if (named === "Uuid") return "UUID";
  if (named === "VarChar" || named === "Char") return `${named.toUpperCase()}${native?.[2] ?? ""}`;
  if (named === "SmallInt") return "SMALLINT";
  return column.type === "Int" ? "INTEGER" : column.type === "BigInt" ? "BIGINT" : "TEXT";
}

export function missingExternalId(table: Table, tenant: Column): Addition {
  const added = spelled(table, "externalId");
  return {
    why: `${table.name} has no column for the id that the directory gives a row (externalId): Entra looks groups and users up by it.`,
    models: [{ name: table.name, lines: [`${added.name} String?${mapped(added)}`, `@@unique([${tenant.name}, ${added.name}])`] }],
    sql: [
      `ALTER TABLE ${quoted(table)} ADD COLUMN "${added.inDatabase}" TEXT;`,
      `CREATE UNIQUE INDEX "${table.inDatabase}_${tenant.inDatabase}_${added.inDatabase}_key" ON ${quoted(table)}("${tenant.inDatabase}", "${added.inDatabase}");`,
    ],
    mapping: `externalId: "${added.name}"`,
  };
}

export function missingId(table: Table): Addition {
  const key = table.key.length === 0 ? [] : [`@@unique([${table.key.join(", ")}])   // in place of @@id`];
  const columns = table.key.map((name) => table.columns.find((column) => column.name === name)?.inDatabase ?? name);
  return {
    why: `${table.name} has no key of one column, and a SCIM id is one value that never changes and never comes again.`,
    models: [{ name: table.name, lines: ["id String @id @default(uuid(7)) @db.Uuid", ...key] }],
    sql: [
      `ALTER TABLE ${quoted(table)} ADD COLUMN "id" UUID NOT NULL DEFAULT gen_random_uuid();`,
      ...(columns.length === 0
        ? []
        : [
            `ALTER TABLE ${quoted(table)} DROP CONSTRAINT "${table.inDatabase}_pkey";`,
            `CREATE UNIQUE INDEX "${[table.inDatabase, ...columns].join("_")}_key" ON ${quoted(table)}(${columns.map((name) => `"${name}"`).join(", ")});`,
          ]),
      `ALTER TABLE ${quoted(table)} ADD CONSTRAINT "${table.inDatabase}_pkey" PRIMARY KEY ("id");`,
      `ALTER TABLE ${quoted(table)} ALTER COLUMN "id" DROP DEFAULT;`,
    ],
    mapping: "nothing: the model's own id is the SCIM id",
  };
}

export function missingActive(table: Table): Addition {
  const added = spelled(table, "deactivatedAt");
  return {
    why: `${table.name} has no column that says whether the person may come in (active): without one a directory can remove people, but not suspend them.`,
    models: [{ name: table.name, lines: [`${added.name} DateTime?${mapped(added)} @db.Timestamptz(3)`] }],
    sql: [`ALTER TABLE ${quoted(table)} ADD COLUMN "${added.inDatabase}" TIMESTAMPTZ(3);`],
    mapping: `active: { unless: "${added.name}" }`,
  };
}

export function missingOwner(person: Table, tenant: Table): Addition | undefined {
  const id = tenant.columns.find((column) => tenant.key.length === 1 && column.name === tenant.key[0]);
  if (id === undefined) return undefined;
  const added = spelled(person, "ownerId");
  const taken = person.relations.some((relation) => relation.name === "owner") || person.columns.some((column) => column.name === added.name);
  if (taken) return undefined;
  const native = id.native === undefined ? "" : ` @${id.native}`;
  const pair = `${person.name}Owner`;
  const many = person.name.endsWith("s") ? person.name : `${person.name}s`;
  const back = added.name.includes("_") ? `owned_${many.toLowerCase()}` : `owned${many.slice(0, 1).toUpperCase()}${many.slice(1)}`;
  return {
    why:
      `Tenants share the rows of ${person.name}, so none of them may change an e-mail or name there: whoever could would take the account over. ` +
      `With a column that says which row of ${tenant.name} the account was made by, that one may.`,
    models: [
      {
        name: person.name,
        lines: [
          `${added.name} ${id.type}?${mapped(added)}${native}`,
          `owner ${tenant.name}? @relation("${pair}", fields: [${added.name}], references: [${id.name}], onDelete: SetNull)`,
          `@@index([${added.name}])`,
        ],
      },
      { name: tenant.name, lines: [`${back} ${person.name}[] @relation("${pair}")`] },
    ],
    sql: [
      `ALTER TABLE ${quoted(person)} ADD COLUMN "${added.inDatabase}" ${sqlType(id)} REFERENCES ${quoted(tenant)}("${id.inDatabase}") ON DELETE SET NULL ON UPDATE CASCADE;`,
      `CREATE INDEX "${person.inDatabase}_${added.inDatabase}_idx" ON ${quoted(person)}("${added.inDatabase}");`,
    ],
    mapping: `owner: "${added.name}" in place of onUpdate: "keep"`,
  };
}
