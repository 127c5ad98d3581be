/** The rows that are measured against. Ids follow from numbers, so that the load client needs no list of them. */
import { fileURLToPath } from "node:url";
import { createSchema } from "../postgres/ddl.js";
import { execute } from "../postgres/server.js";

export const tenant = "0190b000-0000-7000-8000-000000000001";
export const token = "bench-token";

/** The person of a number. Those from `fresh` on are in no team and are what is added as members. */
export const userId = (number: number): string => `0190b001-0000-7000-8000-${String(number).padStart(12, "0")}`;
export const userName = (number: number): string => `User.${number}@bench.example`;
/** First number of the people who are in no team. */
export const fresh = 50_000_000;
export const freshCount = 2_000;

/** As many teams of each size as there are connections, so that adds do not wait for one another's row lock. */
export const teamCount = 16;
export const teamId = (large: boolean, number: number): string => `0190b00${large ? 3 : 2}-0000-7000-8000-${String(number).padStart(12, "0")}`;

export interface Size {
  readonly users: number;
  /** Members of a large team; a small one has 10. */
  readonly members: number;
  /** Teams of each size; `teamCount` when not given. */
  readonly teams?: number;
  /** The table's rows lie in no order of their ids, as where ids are random. */
  readonly shuffled?: true;
}

export const hostFolder = fileURLToPath(new URL("host", import.meta.url));

export async function fill(url: string, { users, members, teams: count = teamCount, shuffled }: Size): Promise<void> {
  await createSchema(url, `${hostFolder}/schema.prisma`);
  const person = (n: string): string => `('0190b001-0000-7000-8000-' || lpad((${n})::text, 12, '0'))::uuid`;
  const team = (digit: 2 | 3, n: string): string => `('0190b00${digit}-0000-7000-8000-' || lpad((${n})::text, 12, '0'))::uuid`;
  const people = (from: number, many: number): string => `
    INSERT INTO "User" ("id", "orgId", "userName", "externalId", "givenName", "familyName", "displayName", "email", "updatedAt")
    SELECT ${person("n")}, '${tenant}', 'User.' || n || '@bench.example', 'ext-' || n, 'Given' || n, 'Family' || n, 'Given' || n || ' Family' || n, 'user.' || n || '@bench.example', now()
    FROM generate_series(${from}, ${from + many - 1}) n${shuffled ? " ORDER BY md5(n::text)" : ""};`;
  const teams = (digit: 2 | 3, size: number): string => `
    INSERT INTO "Team" ("id", "orgId", "name", "updatedAt") SELECT ${team(digit, "n")}, '${tenant}', 'Team of ${size}, ' || n, now() FROM generate_series(0, ${count - 1}) n;
    INSERT INTO "TeamMember" ("teamId", "userId") SELECT ${team(digit, "t")}, ${person("n")} FROM generate_series(0, ${count - 1}) t, generate_series(0, ${size - 1}) n;`;
  await execute(url, people(0, users) + people(fresh, freshCount) + teams(2, Math.min(10, users)) + teams(3, Math.min(members, users)));
  // What Prisma cannot say, and every userName look-up needs.
  await execute(url, `CREATE UNIQUE INDEX "User_orgId_userName_lower_key" ON "User" ("orgId", lower("userName"))`);
  // VACUUM cannot share a script with others.
  await execute(url, "VACUUM ANALYZE");
}

/** Puts the database back to what `fill` made. */
export async function restore(url: string): Promise<void> {
  await execute(
    url,
    `DELETE FROM "TeamMember" WHERE "userId" >= '${userId(fresh)}' AND "userId" < '${userId(fresh + freshCount)}';
     DELETE FROM "User" WHERE "orgId" = '${tenant}' AND lower("userName") LIKE 'new.%';
     UPDATE "User" SET "active" = true WHERE NOT "active";`,
  );
}
