/** What the mapping leaves to this product. */
import type { Hooks, Rules } from "./generated/index.js";

export const rules: Rules = {
  // The specimen keeps no list of proved domains, so any organization may add any person. A link gives no more than a membership:
  // e-mail and name stay with the organization in `ownerId`, or with the person who signed up alone. A product in which being a
  // member shows something of the person compares the domain of the e-mail with those that the organization has proved.
  mayLink: () => true,
};

export const hooks: Hooks = {};
