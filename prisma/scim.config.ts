import { defineConfig } from "scim-gen";
import type { Prisma } from "./src/db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Membership",
    tenant: "orgId",
    through: {
      user: { match: "email", link: "connectOrCreate", owner: "ownerId", onLink: "keep" },
    },
    constraints: { User_email_lower_key: "userName" },
    attributes: {
      userName: "user.email",
      externalId: "externalId",
      active: {
        at: "status",
        values: { true: ["ACTIVE", "INVITED"], false: "SUSPENDED" },
      },
      name: {
        formatted: "user.formattedName",
        familyName: "user.familyName",
        givenName: "user.givenName",
      },
      displayName: "user.displayName",
      nickName: "user.nickName",
      profileUrl: "user.profileUrl",
      title: "title",
      userType: "userType",
      preferredLanguage: "user.preferredLanguage",
      locale: "user.locale",
      timezone: "user.timezone",
      password: { hook: true },
      emails: {
        at: "emails",
        each: { value: "value", type: "type", primary: "primary", display: "display" },
      },
      phoneNumbers: {
        at: "phones",
        each: { value: "value", type: "type", primary: "primary", display: "display" },
      },
      addresses: { at: "addresses", caseExact: true },
      entitlements: "entitlements",
      roles: {
        at: "appRoles",
        each: { value: "value", type: "type", primary: "primary", display: "display" },
      },
    },
    enterprise: {
      employeeNumber: "employeeNumber",
      costCenter: "costCenter",
      organization: "organization",
      division: "division",
      department: "department",
      manager: "managerId",
    },
    extensions: {
      "urn:example:scim:Staff": {
        name: "Staff",
        description: "What this product knows of people at work.",
        attributes: {
          contractor: "contractor",
          weeklyHours: "weeklyHours",
          dayRate: "dayRate",
          startsAt: "startsAt",
          skills: "skills",
          mentor: { at: "mentorId", ref: "User" },
        },
      },
    },
  },
  Group: {
    model: "Team",
    tenant: "orgId",
    attributes: {
      displayName: "name",
      externalId: "externalId",
      members: "members.membershipId",
    },
  },
});
