/** Two tenants with a few people each. Safe to run again: what is there already is left as it is. */
import type { PrismaClient } from "./src/db/client.js";

/** Fixed, so that transcripts and the demo's curl lines name rows that are there. */
const id = (kind: 0 | 1 | 2 | 3 | 4 | 5, number: number): string => `0190a00${kind}-0000-7000-8000-${String(number).padStart(12, "0")}`;

/** The tenants. */
export const acme = id(0, 1);
export const globex = id(0, 2);

/** The bearer tokens by which the demo and the tests know a tenant. */
export const acmeToken = "acme-token";
export const globexToken = "globex-token";
export const tokens: ReadonlyMap<string, string> = new Map([
  [acmeToken, acme],
  [globexToken, globex],
]);

/** The people, shared by all tenants. */
export const users = {
  ada: id(1, 1),
  grace: id(1, 2),
  alan: id(1, 3),
  edsger: id(1, 4),
  /** Belongs to both tenants; acme owns the account. */
  barbara: id(1, 5),
  katherine: id(1, 6),
  dorothy: id(1, 7),
  mary: id(1, 8),
  /** Signed up alone: no tenant owns the account, and none has the person. */
  margaret: id(1, 9),
} as const;

/** The people as one tenant sees them: the ids of SCIM's Users. */
export const memberships = {
  ada: id(2, 1),
  grace: id(2, 2),
  alan: id(2, 3),
  edsger: id(2, 4),
  barbara: id(2, 5),
  katherine: id(2, 6),
  dorothy: id(2, 7),
  mary: id(2, 8),
  barbaraAtGlobex: id(2, 9),
} as const;

/** The ids of SCIM's Groups. Both tenants have an "Engineering". */
export const teams = {
  engineering: id(3, 1),
  leads: id(3, 2),
  empty: id(3, 3),
  engineeringAtGlobex: id(3, 4),
} as const;

const at = new Date("2026-01-05T09:00:00.000Z");
const times = { createdAt: at, updatedAt: at };

export async function seed(prisma: PrismaClient): Promise<void> {
  const skipDuplicates = true;
  await prisma.$transaction([
    prisma.organization.createMany({
      skipDuplicates,
      data: [
        { id: acme, name: "Acme", slug: "acme", createdAt: at },
        { id: globex, name: "Globex", slug: "globex", seatLimit: 25, createdAt: at },
      ],
    }),
    prisma.user.createMany({
      skipDuplicates,
      data: [
        { id: users.ada, ownerId: acme, email: "ada@acme.example", givenName: "Ada", familyName: "Lovelace", formattedName: "Ada Lovelace", displayName: "Ada", locale: "en-GB", timezone: "Europe/London", preferredLanguage: "en", ...times },
        { id: users.grace, ownerId: acme, email: "grace@acme.example", givenName: "Grace", familyName: "Hopper", formattedName: "Rear Admiral Grace Hopper", nickName: "Amazing Grace", profileUrl: "https://acme.example/grace", ...times },
        { id: users.alan, ownerId: acme, email: "alan@acme.example", givenName: "Alan", familyName: "Turing", ...times },
        // Wildcards of LIKE, which a look-up must not take as such.
        { id: users.edsger, ownerId: acme, email: "edsger_w%dijkstra@acme.example", givenName: "Edsger", familyName: "Dijkstra", ...times },
        { id: users.barbara, ownerId: acme, email: "barbara@acme.example", givenName: "Barbara", familyName: "Liskov", displayName: "Barbara", ...times },
        // Stored as it was sent: userName compares without case and comes back with it.
        { id: users.katherine, ownerId: globex, email: "Katherine.Johnson@Globex.example", givenName: "Katherine", familyName: "Johnson", ...times },
        { id: users.dorothy, ownerId: globex, email: "dorothy@globex.example", givenName: "Dorothy", familyName: "Vaughan", ...times },
        { id: users.mary, ownerId: globex, email: "mary@globex.example", givenName: "Mary", familyName: "Jackson", ...times },
        { id: users.margaret, email: "margaret@home.example", givenName: "Margaret", familyName: "Hamilton", ...times },
      ],
    }),
    prisma.membership.createMany({
      skipDuplicates,
      data: [
        { id: memberships.ada, orgId: acme, userId: users.ada, role: "OWNER", externalId: "okta-ada", title: "CTO", userType: "Employee", employeeNumber: "1", department: "Engineering", organization: "Acme", division: "Products", costCenter: "100", addresses: [{ type: "work", streetAddress: "12 St James's Square", locality: "London", postalCode: "SW1Y 4JH", country: "GB", checkedBy: "billing" }], entitlements: ["reports"], contractor: false, weeklyHours: 40, dayRate: "612.50", startsAt: at, skills: ["analysis", "poetry"], ...times },
        { id: memberships.grace, orgId: acme, userId: users.grace, role: "ADMIN", externalId: "okta-grace", title: "Compiler engineer", employeeNumber: "2", department: "Engineering", managerId: memberships.ada, contractor: true, mentorId: memberships.ada, ...times },
        { id: memberships.alan, orgId: acme, userId: users.alan, status: "SUSPENDED", externalId: "okta-alan", managerId: memberships.grace, ...times },
        { id: memberships.edsger, orgId: acme, userId: users.edsger, status: "INVITED", ...times },
        { id: memberships.barbara, orgId: acme, userId: users.barbara, externalId: "okta-barbara", managerId: memberships.ada, ...times },
        { id: memberships.katherine, orgId: globex, userId: users.katherine, role: "OWNER", externalId: "entra-katherine", title: "Mathematician", ...times },
        { id: memberships.dorothy, orgId: globex, userId: users.dorothy, externalId: "entra-dorothy", managerId: memberships.katherine, ...times },
        { id: memberships.mary, orgId: globex, userId: users.mary, status: "SUSPENDED", ...times },
        { id: memberships.barbaraAtGlobex, orgId: globex, userId: users.barbara, externalId: "entra-barbara", title: "Advisor", ...times },
      ],
    }),
    prisma.email.createMany({
      skipDuplicates,
      data: [
        { id: id(4, 1), membershipId: memberships.ada, value: "ada@acme.example", type: "work", primary: true },
        { id: id(4, 2), membershipId: memberships.ada, value: "ada@home.example", type: "home", display: "Ada at home" },
        { id: id(4, 3), membershipId: memberships.grace, value: "grace@acme.example", type: "work", primary: true },
        { id: id(4, 4), membershipId: memberships.katherine, value: "katherine@globex.example", type: "work", primary: true },
      ],
    }),
    prisma.phone.createMany({
      skipDuplicates,
      data: [
        { id: id(5, 1), membershipId: memberships.ada, value: "+44 20 7946 0101", type: "work", primary: true },
        { id: id(5, 2), membershipId: memberships.ada, value: "+44 7700 900101", type: "mobile" },
        { id: id(5, 3), membershipId: memberships.katherine, value: "+1 757 555 0106", type: "work", primary: true },
      ],
    }),
    prisma.team.createMany({
      skipDuplicates,
      data: [
        { id: teams.engineering, orgId: acme, name: "Engineering", externalId: "okta-engineering", ...times },
        { id: teams.leads, orgId: acme, name: "Leads", ...times },
        { id: teams.empty, orgId: acme, name: "Nobody yet", ...times },
        { id: teams.engineeringAtGlobex, orgId: globex, name: "Engineering", externalId: "entra-engineering", ...times },
      ],
    }),
    prisma.teamMember.createMany({
      skipDuplicates,
      data: [
        { teamId: teams.engineering, membershipId: memberships.ada, role: "OWNER", addedAt: at },
        { teamId: teams.engineering, membershipId: memberships.grace, addedAt: at },
        { teamId: teams.engineering, membershipId: memberships.alan, addedAt: at },
        { teamId: teams.leads, membershipId: memberships.ada, addedAt: at },
        { teamId: teams.engineeringAtGlobex, membershipId: memberships.katherine, addedAt: at },
        { teamId: teams.engineeringAtGlobex, membershipId: memberships.barbaraAtGlobex, addedAt: at },
      ],
    }),
  ]);
}
