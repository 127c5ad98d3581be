/** The lines that a schema lacks for a good mapping, spelled as the rest of that schema is. */
import type { Addition } from "../../sketch.js";
import { foreignKey } from "./tables.js";
import type { Column, Table } from "./tables.js";
import type { Tenant } from "./tenants.js";

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

/** The column of a tenant that an index may stand beside; a tenant behind a relation has none here. */
const beside = (table: Table, tenant: Tenant | null): Column | undefined => (tenant === null || tenant.place.includes(".") ? undefined : table.columns.find(({ name }) => name === tenant.column.name));

/** Of one model or two, for the same reason. */
export function missingExternalId(tables: readonly { readonly table: Table; readonly tenant: Tenant | null }[]): Addition {
  const added = tables.map(({ table, tenant }) => ({ table, tenant, column: spelled(table, "externalId") }));
  return {
    why: `${named(tables)} no column for the id that the directory gives a row (externalId): Entra looks groups and users up by it.`,
    models: added.map(({ table, tenant, column }) => ({ name: table.name, lines: [`${column.name} String?${mapped(column)}`, ...uniqueLine(table, tenant, column.name)] })),
    sql: added.flatMap(({ table, tenant, column }) => [`ALTER TABLE ${quoted(table)} ADD COLUMN "${column.inDatabase}" TEXT;`, uniqueIndex(table, tenant, column.inDatabase)]),
    mapping: [...new Set(added.map(({ column }) => `externalId: "${column.name}"`))].join(", "),
  };
}

const named = (tables: readonly { readonly table: Table }[]): string => `${tables.map(({ table }) => table.name).join(" and ")} ${tables.length === 1 ? "has" : "have"}`;

/** Two rows of one externalId would be two accounts of one person. */
export function missingUnique(table: Table, tenant: Tenant | null, { name, inDatabase }: Column): Addition {
  return {
    why: `${table.name}.${name} (externalId) is not unique${tenant === null ? "" : " inside a tenant"}, and no index finds a row by it.`,
    models: [{ name: table.name, lines: uniqueLine(table, tenant, name) }],
    sql: [uniqueIndex(table, tenant, inDatabase)],
    mapping: undefined,
  };
}

/** Whom a directory names must be one person. */
export function missingMatch(person: Table, { name, inDatabase }: Column): Addition {
  return {
    why: `${person.name}.${name} finds the person whom a directory names, and no unique index says that it is one. It fails where two rows have the same: those must be merged first.`,
    models: [{ name: person.name, lines: [`@@unique([${name}])`] }],
    sql: [`CREATE UNIQUE INDEX "${person.inDatabase}_${inDatabase}_key" ON ${quoted(person)}("${inDatabase}");`],
    mapping: undefined,
  };
}

function uniqueLine(table: Table, tenant: Tenant | null, name: string): readonly string[] {
  const within = beside(table, tenant);
  // Behind a relation the tenant's column is another table's, and no index spans two.
  if (tenant !== null && within === undefined) return [`@@index([${name}])`];
  return [`@@unique([${[...(within === undefined ? [] : [within.name]), name].join(", ")}])`];
}

function uniqueIndex(table: Table, tenant: Tenant | null, inDatabase: string): string {
  const within = beside(table, tenant);
  const columns = [...(within === undefined ? [] : [within.inDatabase]), inDatabase];
  const isUnique = tenant === null || within !== undefined;
  return `CREATE ${isUnique ? "UNIQUE " : ""}INDEX "${[table.inDatabase, ...columns].join("_")}_${isUnique ? "key" : "idx"}" ON ${quoted(table)}(${columns.map((each) => `"${each}"`).join(", ")});`;
}

export function missingUpdatedAt(tables: readonly { readonly table: Table }[]): Addition {
  const added = tables.map(({ table }) => ({ table, column: spelled(table, "updatedAt") }));
  return {
    why: `${named(tables)} no @updatedAt column, so no row can say when it was changed last (meta.lastModified).`,
    models: added.map(({ table, column }) => ({ name: table.name, lines: [`${column.name} DateTime @default(now()) @updatedAt${mapped(column)} @db.Timestamptz(3)`] })),
    sql: added.map(({ table, column }) => `ALTER TABLE ${quoted(table)} ADD COLUMN "${column.inDatabase}" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;`),
    mapping: undefined,
  };
}

/** Prisma's schema cannot say an index over lower(column), so there is SQL alone. */
export function missingLoginIndex(table: Table, tenant: Tenant | null, login: Column): Addition {
  const isAlone = table.uniques.some((unique) => unique.length === 1 && unique[0] === login.name);
  const within = isAlone ? undefined : beside(table, tenant);
  const name = `${table.inDatabase}_${login.inDatabase}_lower_key`;
  return {
    why: `userName is one whatever its letter case, and no unique index of ${table.name}.${login.name} says so. It fails where two rows differ in case alone: those must be merged first.`,
    models: [],
    sql: [`CREATE UNIQUE INDEX "${name}" ON ${quoted(table)}(${within === undefined ? "" : `"${within.inDatabase}", `}lower("${login.inDatabase}"));`],
    mapping: `constraints: { ${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}: "userName" }, beside tenant`,
  };
}

export function optionalTenant(table: Table, { column, table: to }: Tenant): Addition {
  const native = column.native === undefined ? "" : ` @${column.native}`;
  const map = column.name === column.inDatabase ? "" : ` @map("${column.inDatabase}")`;
  const relation = table.relations.find((each) => each.columns.includes(column.name) && foreignKey(each) !== undefined);
  return {
    why: `${table.name}.${column.name} may be null, and a row without a tenant would be nobody's. Rows without one must get one first, or go.`,
    models: [
      {
        name: table.name,
        lines: [
          `${column.name} ${column.type}${map}${native}   // without the question mark`,
          ...(relation === undefined || to === undefined ? [] : [`${relation.name} ${to.name} @relation(…)   // the same`]),
        ],
      },
    ],
    sql: [`ALTER TABLE ${quoted(table)} ALTER COLUMN "${column.inDatabase}" SET NOT NULL;`],
    mapping: undefined,
    replaces: true,
  };
}

/** A model of its own for who belongs where, in place of an implicit many-to-many relation. */
export function missingMembership(person: Table, tenant: Table): Addition | undefined {
  const idOf = (table: Table): Column | undefined => (table.key.length === 1 ? table.columns.find(({ name }) => name === table.key[0]) : undefined);
  const [one, other] = [idOf(person), idOf(tenant)];
  const relation = person.relations.find((each) => each.list && each.to === tenant.name);
  if (one === undefined || other === undefined || relation === undefined) return undefined;
  const lower = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
  const name = `${tenant.name}Membership`;
  const column = (table: Table, id: Column): readonly string[] => [
    `${lower(table.name)}Id ${id.type}${id.native === undefined ? "" : ` @${id.native}`}`,
    `${lower(table.name)} ${table.name} @relation(fields: [${lower(table.name)}Id], references: [${id.name}], onDelete: Cascade)`,
  ];
  const key = (table: Table, id: Column): string => `"${lower(table.name)}Id" ${sqlType(id)} NOT NULL REFERENCES ${quoted(table)}("${id.inDatabase}") ON DELETE CASCADE ON UPDATE CASCADE`;
  // Prisma's own table of such a relation: A and B are the models in the order of the alphabet.
  const [first, second] = person.name < tenant.name ? ["A", "B"] : ["B", "A"];
  const hidden = `"_${relation.pair}"`;
  return {
    why: `A SCIM User is one person in one ${tenant.name}, with an active and an externalId of its own, and a many-to-many relation has no row for that.`,
    models: [
      {
        name,
        lines: [
          "id String @id @default(uuid(7)) @db.Uuid",
          ...column(tenant, other),
          ...column(person, one),
          "externalId String?",
          "deactivatedAt DateTime? @db.Timestamptz(3)",
          "createdAt DateTime @default(now()) @db.Timestamptz(3)",
          "updatedAt DateTime @default(now()) @updatedAt @db.Timestamptz(3)",
          `@@unique([${lower(tenant.name)}Id, ${lower(person.name)}Id])`,
          `@@unique([${lower(tenant.name)}Id, externalId])`,
        ],
      },
      { name: person.name, lines: [`memberships ${name}[]`] },
      { name: tenant.name, lines: [`memberships ${name}[]`] },
    ],
    sql: [
      `CREATE TABLE "${name}" ("id" UUID PRIMARY KEY DEFAULT gen_random_uuid(), ${key(tenant, other)}, ${key(person, one)}, "externalId" TEXT, "deactivatedAt" TIMESTAMPTZ(3), ` +
        `"createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP);`,
      `CREATE UNIQUE INDEX "${name}_${lower(tenant.name)}Id_${lower(person.name)}Id_key" ON "${name}"("${lower(tenant.name)}Id", "${lower(person.name)}Id");`,
      `CREATE UNIQUE INDEX "${name}_${lower(tenant.name)}Id_externalId_key" ON "${name}"("${lower(tenant.name)}Id", "externalId");`,
      `INSERT INTO "${name}" ("${lower(person.name)}Id", "${lower(tenant.name)}Id") SELECT "${first}", "${second}" FROM ${hidden};`,
      `ALTER TABLE "${name}" ALTER COLUMN "id" DROP DEFAULT;`,
    ],
    mapping: `run init again: User is then ${name}`,
    replaces: true,
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
    mapping: undefined,
  };
}

export function missingActive(table: Table): Addition {
  const added = spelled(table, "deactivatedAt");
  return {
    why: `${table.name} has no column that says whether the person may come in (active): without one a directory can remove people, but its active: false changes nothing.`,
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
