import { defineConfig, now } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Member",
    tenant: "workspaceId",
    create: { role: "EDITOR", invitedBy: "scim" },
    through: { person: { match: "email", onUpdate: "keep" } },
    constraints: { person_email_lower: "userName" },
    attributes: {
      userName: "person.email",
      externalId: "directoryId",
      active: { unless: "disabled" },
      name: { givenName: "person.firstName", familyName: "person.lastName" },
      title: "jobTitle",
      emails: "person.email",
    },
  },
  Group: {
    model: "Squad",
    tenant: "workspaceId",
    attributes: { displayName: "name", members: { at: "members.memberId", create: { role: "GUEST", since: now() } } },
  },
});
