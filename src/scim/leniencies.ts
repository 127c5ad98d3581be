/** The names of the leniencies that a mapping may switch. What each does stands in the protocol (leniencies.ts); a test keeps the two alike. */
export const leniencyNames: readonly string[] = [
  "booleanText",
  "numberText",
  "opLetterCase",
  "removeWithValue",
  "pathKeys",
  "readOnlyInPatch",
  "referenceText",
  "singleValue",
  "createFromFilter",
  "subWithoutFilter",
  "valuePathSubAttribute",
  "missingSchemas",
  "unknownAttributes",
  "severalPrimaries",
  "sharedColumn",
  "slotWithoutColumn",
];
