/** The rules that each client's requests need: all others can be off for its tenant. */
import type { Leniency } from "../../templates/generated/protocol/leniencies.js";

/** What these forgive depends on what the host keeps, and not on the client: no host keeps all that is sent. */
export const needsOfHosts: readonly Leniency[] = ["unknownAttributes", "sharedColumn", "slotWithoutColumn"];

export const needs: Readonly<Record<string, readonly Leniency[]>> = {
  "Entra ID": ["booleanText", "opLetterCase", "emptyPatch", "removeWithValue", "pathKeys", "referenceText", "singleValue", "jsonText", "createFromFilter", "valuePathSubAttribute", "missingSchemas"],
  Okta: ["readOnlyInPatch", "missingSchemas"],
  OneLogin: ["missingSchemas"],
  JumpCloud: ["removeWithValue"],
  Ping: ["severalPrimaries"],
  ssosync: ["removeWithValue"],
  authentik: ["readOnlyInPatch", "removeWithValue"],
  Keycloak: ["booleanText", "missingSchemas"],
  midPoint: [],
  SailPoint: [],
  Rippling: [],
  "AWS-shaped": [],
  "scim2-client": [],
};
