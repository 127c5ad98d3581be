/** Two tenants full of what a filter can go wrong on: wildcards, quotes, letter case, "" beside NULL, rows of the other tenant. */
import { acme, globex } from "../../prisma/seed.js";
import type { PrismaClient } from "../../prisma/src/db/client.js";

/** Numbers that are the same on every run (mulberry32). */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

export const awkward: readonly string[] = [
  "a", "A", "b", "ab", "Ab", "aB", "AB", "ba", "a_b", "A_B", "axb", "a%b", "a%", "%", "_", "%%", "\\", "a\\b", "a\\%b", "\\_", "a\"b", "\"", "a'b", "''", "a b",
  " a", "a ", "Zed", "zed", "é", "É", "aé", "AÉ", "ß", "1", "10", "9", "true", "null", "(a)", "a and b", "[a]", "a]", "日本", "🙂", "a\tb", "a\nb", "$1", ";--", "x".repeat(40),
];

export async function fillAwkward(prisma: PrismaClient, seed: number): Promise<void> {
  const below = numbers(seed);
  const one = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const maybe = (): string | null => (below(4) === 0 ? one([null, ""]) : one(awkward));
  const time = (): Date => new Date(Date.UTC(2026, below(3), 1 + below(3), 0, 0, 0, below(3)));
  const times = (): { createdAt: Date; updatedAt: Date } => ({ createdAt: time(), updatedAt: time() });

  // userName is unique without letter case, so the pool's doubles get a tail.
  const taken = new Set<string>();
  const userNames = awkward.filter((name) => !taken.has(name.toLowerCase()) && taken.add(name.toLowerCase())).concat(["a_b@x.example", "aXb@x.example", "A%B@x.example", "ann@x.example"]);
  const people = await prisma.user.createManyAndReturn({
    data: userNames.map((email) => ({
      email, givenName: maybe(), familyName: maybe(), formattedName: maybe(), displayName: maybe(), nickName: maybe(), profileUrl: maybe(), preferredLanguage: maybe(), locale: maybe(), timezone: maybe(), ownerId: one([acme, globex, null]), ...times(),
    })),
  });
  for (const orgId of [acme, globex]) {
    const externalIds = new Set<string>();
    const externalId = (): string | null => {
      const value = maybe();
      if (value === null || externalIds.has(value)) return null;
      externalIds.add(value);
      return value;
    };
    const members = await prisma.membership.createManyAndReturn({
      data: people.filter(() => below(3) > 0).map(({ id }) => ({
        orgId, userId: id, status: one(["ACTIVE", "INVITED", "SUSPENDED"]), externalId: externalId(), title: maybe(), userType: maybe(), employeeNumber: maybe(), costCenter: maybe(), organization: maybe(), division: maybe(), department: maybe(), ...times(),
      })),
    });
    for (const { id } of members) {
      if (below(2) === 0) await prisma.membership.update({ where: { id }, data: { managerId: one(members).id, updatedAt: time() } });
      // Values that differ and are there, and one primary: what else a table may hold is bad data, which test/shapes is about.
      const start = below(awkward.length);
      const contacts = () => Array.from({ length: below(4) }, (_, place) => ({ membershipId: id, value: awkward[(start + place) % awkward.length] ?? "x", type: one([null, "", "work", "Work", "home", "WORK", "other"]), display: maybe(), primary: place === 0 && below(2) === 0 }));
      await prisma.email.createMany({ data: contacts() });
      await prisma.phone.createMany({ data: contacts() });
    }
    const names = new Set<string>();
    const teams = await prisma.team.createManyAndReturn({
      data: Array.from({ length: 14 }, () => one(awkward)).filter((name) => !names.has(name) && names.add(name)).map((name) => ({ orgId, name, externalId: externalId(), ...times() })),
    });
    for (const { id } of teams) await prisma.teamMember.createMany({ data: members.filter(() => below(5) === 0).map((member) => ({ teamId: id, membershipId: member.id })) });
  }
}
