/** Hosts that do not resemble each other, and what each is for. */
import { authJs } from "./auth-js/shape.js";
import { contactRows } from "./contact-rows/shape.js";
import { directory } from "./directory/shape.js";
import { fortyModels } from "./forty-models/shape.js";
import { implicitGroups } from "./implicit-groups/shape.js";
import { jsonLists } from "./json-lists/shape.js";
import { multiSchema } from "./multi-schema/shape.js";
import { rowLevelSecurity } from "./row-level-security/shape.js";
import type { Shape } from "./shape.js";
import { sharedPerson } from "./shared-person/shape.js";
import { singleTenant } from "./single-tenant/shape.js";
import { snakeCase } from "./snake-case/shape.js";
import { softDelete } from "./soft-delete/shape.js";
import { userPerTenant } from "./user-per-tenant/shape.js";

export const shapes: readonly Shape[] = [
  sharedPerson,
  userPerTenant,
  snakeCase,
  authJs,
  implicitGroups,
  contactRows,
  jsonLists,
  softDelete,
  multiSchema,
  rowLevelSecurity,
  fortyModels,
  singleTenant,
  directory,
];
