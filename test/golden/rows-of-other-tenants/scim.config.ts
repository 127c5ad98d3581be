import { defineConfig } from "scim-gen";
import type { Prisma } from "./db/client.js";

export default defineConfig<Prisma.TypeMap>()({
  User: {
    model: "Employee",
    tenant: "companyId",
    create: { roomId: 10 },
    constraints: { employee_login_lower: "userName" },
    attributes: {
      userName: "login",
      displayName: { at: "room.secret", codec: "plain", readOnly: true },
      name: { full: { at: "room.keeper", readOnly: true } },
      nickName: { at: "room.facts.text", where: { topic: "nick" }, readOnly: true },
      profileUrl: { at: "boss.room.house.name", readOnly: true },
      title: { at: "room.label", readOnly: true },
      userType: { at: "room.kind", readOnly: true },
      preferredLanguage: { at: "room.sheet->language", readOnly: true },
      locale: { at: "plan.name", readOnly: true },
      timezone: { at: "seat.zone", readOnly: true },
      emails: { slots: { work: "room.mail" }, readOnly: true },
      phoneNumbers: { at: "room.phones", each: { value: "number" }, readOnly: true },
      ims: { at: "stays", each: { value: "code", display: { at: "room.label", readOnly: true } } },
      photos: [
        { at: "visits", each: { value: "url", display: { at: "room.label", readOnly: true } }, readOnly: true },
        { at: "room.phones", each: { value: "number" }, readOnly: true },
      ],
      addresses: { at: "room.sheet->addresses", readOnly: true },
      entitlements: { at: "room.langs", readOnly: true },
    },
    enterprise: {
      costCenter: { at: "country.name", readOnly: true },
      organization: { at: "company.name", readOnly: true },
      division: { at: "card.label", readOnly: true, tenant: "holderId" },
      department: { at: "site.name", link: "connect" },
      manager: "bossId",
    },
    extensions: {
      "urn:example:scim:Room": {
        name: "Room",
        attributes: {
          floor: { at: "room.floor", readOnly: true },
          fee: { at: "room.fee", readOnly: true },
          open: { at: "room.open", readOnly: true },
          shut: { unless: "room.open", readOnly: true },
          lit: { at: "room.lit", readOnly: true },
          usable: { unless: "room.closedAt", readOnly: true },
          office: { at: "room.kind", values: { true: "OFFICE", false: "LAB" }, type: "boolean", readOnly: true },
          builtAt: { at: "room.builtAt", readOnly: true },
          note: { at: "room.note", readOnly: true },
          motto: { at: "room.facts.text", where: { topic: "motto" }, readOnly: true },
        },
      },
    },
  },
  resources: {
    Stay: {
      model: "Stay",
      schema: "urn:example:scim:Stay",
      endpoint: "/Stays",
      tenant: "employee.companyId",
      attributes: {
        code: { at: "code", readOnly: true },
        room: { at: "room.label", readOnly: true },
        guest: { at: "employee.login", readOnly: true },
        desk: { at: "employee.room.label", readOnly: true },
      },
    },
  },
});
