/** A product's schema of any size, the same each time: tenants, people and teams, and around them the tables of a business. */

const core = `generator client {
  provider = "prisma-client"
  output   = "./src/db"
}

datasource db {
  provider = "postgresql"
}

enum Role {
  OWNER
  ADMIN
  MEMBER
}

enum State {
  DRAFT
  OPEN
  DONE
  ARCHIVED
}
`;

const nouns = ["Invoice", "Order", "Ticket", "Asset", "Route", "Parcel", "Shift", "Contract", "Device", "Message", "Report", "Budget", "Lesson", "Recipe", "Claim"];

/** The five that the mapping names, then as many as are wanted, each hung on the tenant and on one that came before. */
export function schemaText(models: number): string {
  const others = Array.from({ length: Math.max(0, models - 5) }, (_, n) => ({ name: `${nouns[n % nouns.length] ?? "Thing"}${String(Math.floor(n / nouns.length) + 1)}`, n }));
  const parentOf = (n: number): string | undefined => (n === 0 ? undefined : others[Math.floor((n - 1) / 3)]?.name);
  const back = (names: readonly string[]): string => names.map((name) => `  ${name[0]?.toLowerCase() ?? ""}${name.slice(1)}s ${name}[]\n`).join("");
  // A hub of every tenth: a schema in which one model is in all relations is another benchmark.
  const atTenant = others.filter(({ n }) => n % 10 === 0).map(({ name }) => name);
  const atMember = others.filter(({ n }) => n % 10 === 5).map(({ name }) => name);
  return `${core}
model Organization {
  id        String       @id @default(uuid(7)) @db.Uuid
  name      String
  slug      String       @unique
  createdAt DateTime     @default(now())
  members   Membership[]
  teams     Team[]
${back(atTenant)}}

model User {
  id          String       @id @default(uuid(7)) @db.Uuid
  email       String       @unique
  givenName   String?
  familyName  String?
  displayName String?
  locale      String?
  ownerId     String?      @db.Uuid
  createdAt   DateTime     @default(now())
  memberships Membership[]
}

model Membership {
  id         String       @id @default(uuid(7)) @db.Uuid
  orgId      String       @db.Uuid
  org        Organization @relation(fields: [orgId], references: [id], onDelete: Cascade)
  userId     String       @db.Uuid
  user       User         @relation(fields: [userId], references: [id], onDelete: Cascade)
  role       Role         @default(MEMBER)
  active     Boolean      @default(true)
  externalId String?
  title      String?
  department String?
  managerId  String?      @db.Uuid
  manager    Membership?  @relation("Manager", fields: [managerId], references: [id], onDelete: SetNull)
  reports    Membership[] @relation("Manager")
  teams      TeamMember[]
  createdAt  DateTime     @default(now())
  updatedAt  DateTime     @updatedAt
${back(atMember)}
  @@unique([orgId, userId])
  @@unique([orgId, externalId])
}

model Team {
  id      String       @id @default(uuid(7)) @db.Uuid
  orgId   String       @db.Uuid
  org     Organization @relation(fields: [orgId], references: [id], onDelete: Cascade)
  name    String
  members TeamMember[]

  @@unique([orgId, name])
}

model TeamMember {
  teamId       String     @db.Uuid
  team         Team       @relation(fields: [teamId], references: [id], onDelete: Cascade)
  membershipId String     @db.Uuid
  membership   Membership @relation(fields: [membershipId], references: [id], onDelete: Cascade)

  @@id([teamId, membershipId])
}
${others.map(({ name, n }) => businessModel(name, n, parentOf(n), others.filter((each) => parentOf(each.n) === name).map((each) => each.name))).join("")}`;
}

function businessModel(name: string, n: number, parent: string | undefined, children: readonly string[]): string {
  const relation = parent === undefined ? "" : `  parentId  Int?\n  parent    ${parent}? @relation(fields: [parentId], references: [id])\n`;
  const lists = children.map((child) => `  ${child[0]?.toLowerCase() ?? ""}${child.slice(1)}s ${child}[]\n`).join("");
  const tenant = n % 10 === 0 ? "  orgId     String @db.Uuid\n  org       Organization @relation(fields: [orgId], references: [id])\n" : "";
  const member = n % 10 === 5 ? "  ownerId   String? @db.Uuid\n  owner     Membership? @relation(fields: [ownerId], references: [id])\n" : "";
  return `
model ${name} {
  id        Int      @id @default(autoincrement())
  code      String   @unique
  label     String?
  state     State    @default(DRAFT)
  amount    Decimal? @db.Decimal(12, 2)
  quantity  Int      @default(0)
  details   Json?
  tags      String[]
  dueAt     DateTime?
  createdAt DateTime @default(now())
  updatedAt DateTime @updatedAt
${tenant}${member}${relation}${lists}
  @@index([state, dueAt])
}
`;
}

export const mappingText = `import { defineConfig } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Membership",
    tenant: "orgId",
    through: { user: { match: "email", link: "connectOrCreate", owner: "ownerId" } },
    constraints: { user_email_lower: "userName" },
    attributes: {
      userName: "user.email",
      externalId: "externalId",
      active: "active",
      name: { givenName: "user.givenName", familyName: "user.familyName" },
      displayName: "user.displayName",
      title: "title",
      locale: "user.locale",
      emails: "user.email",
    },
    enterprise: { department: "department", manager: "managerId" },
  },
  Group: { model: "Team", tenant: "orgId", attributes: { displayName: "name", members: "members.membershipId" } },
});
`;
