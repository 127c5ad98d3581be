/** What each kind of source adds to the file of its resource. A new kind is an entry here and a file beside the others in kinds/. */
import type { Attribute, Source } from "../provider.js";
import { contribution } from "./kinds/kind.js";
import type { Contribution, Of, Setting } from "./kinds/kind.js";
import { codec, handed } from "./kinds/codec.js";
import { ends } from "./kinds/ends.js";
import { elements, json } from "./kinds/json.js";
import { lookup } from "./kinds/lookup.js";
import { members } from "./kinds/members.js";
import { memberships } from "./kinds/memberships.js";
import { oneRow } from "./kinds/one-row.js";
import { reference } from "./kinds/reference.js";
import { rowLists } from "./kinds/row-lists.js";
import { rows } from "./kinds/rows.js";
import { scalars } from "./kinds/scalars.js";
import { constant, exists, formatted, fullName, singular } from "./kinds/singular.js";
import { slots } from "./kinds/slots.js";
import { valueMembership } from "./kinds/value-membership.js";

const kinds: { readonly [Kind in Source["kind"]]: (attribute: Of<Kind>, setting: Setting) => Contribution } = {
  column: singular,
  choice: singular,
  switch: singular,
  flag: singular,
  since: singular,
  lookup,
  oneRow,
  constant,
  exists,
  formatted,
  fullName,
  reference,
  slots,
  scalars,
  json,
  elements,
  codec,
  handed,
  rows,
  rowLists,
  ends,
  members,
  memberships,
  valueMembership,
  // Its parts are leaves of their own.
  complex: () => contribution({}),
};

export function contributionOf(attribute: Attribute, setting: Setting): Contribution {
  // The table has, under each kind, the function for attributes of that kind: a union that the compiler cannot call by itself.
  const make = kinds[attribute.source.kind] as (attribute: Attribute, setting: Setting) => Contribution;
  return make(attribute, setting);
}
