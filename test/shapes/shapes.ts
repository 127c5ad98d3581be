/** Hosts that do not resemble each other, and what each is for. */
import { contactRows } from "./contact-rows/shape.js";
import { fortyModels } from "./forty-models/shape.js";
import type { Shape } from "./shape.js";
import { sharedPerson } from "./shared-person/shape.js";
import { snakeCase } from "./snake-case/shape.js";
import { userPerTenant } from "./user-per-tenant/shape.js";

export const shapes: readonly Shape[] = [sharedPerson, userPerTenant, snakeCase, contactRows, fortyModels];

/** Mappings that a later version brings, and the errors that they meet today. Turns red when one of them is generated: then it lives like the others. */
export const refused: Readonly<Record<string, readonly string[]>> = {};

/** Those that have an endpoint. */
export const living = shapes.filter(({ name }) => refused[name] === undefined);
