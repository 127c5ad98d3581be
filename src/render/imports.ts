/** The import lines of a generated file: of the names it may use, those that its text does use. */

/** The names of protocol that generated files use, by file. */
const protocol: Readonly<Record<string, { readonly values: readonly string[]; readonly types: readonly string[] }>> = {
  "by-ids": { values: ["byIds"], types: [] },
  codec: { values: ["coded", "decoded", "encoded"], types: [] },
  collection: { values: ["begins", "collection", "elementsOf"], types: ["Before"] },
  columns: { values: ["columns"], types: [] },
  ends: { values: ["endRows", "valuesOfEnds"], types: [] },
  document: { values: ["dateAt", "document", "elementsAt", "exactAt", "flagAt", "lowerAt", "numberAt", "textAt"], types: [] },
  error: { values: ["unwritable"], types: [] },
  events: { values: ["resourceEvents"], types: [] },
  failure: { values: ["host"], types: [] },
  "full-name": { values: ["formattedName", "fullName", "nameInOne"], types: [] },
  hooks: { values: [], types: ["ActivationHooks", "MemberHooks", "PasswordHook", "ResourceHooks"] },
  joined: { values: ["joined", "link", "refused", "relink"], types: [] },
  json: { values: ["complex", "many"], types: [] },
  links: { values: ["joinRows", "reference", "referred", "several"], types: [] },
  lookup: { values: ["lookup", "only"], types: [] },
  making: { values: ["madeRows", "oneByOne", "textOf"], types: [] },
  mapping: { values: [], types: ["Mapping"] },
  "one-row": { values: ["oneRow", "readRow"], types: [] },
  orders: { values: ["ordered", "reversed"], types: ["Orders"] },
  others: { values: ["withOthers"], types: [] },
  printed: { values: ["chosen", "inverted", "ofTenant", "part", "reads", "shown", "slot", "unset"], types: [] },
  "row-lists": { values: ["rowLists"], types: [] },
  "rows-beside": { values: ["rowsBeside"], types: [] },
  rows: { values: ["clientOf", "merged"], types: ["Asked", "Begin", "Rows", "RuleContext", "Scoped"] },
  scalars: { values: ["digits", "digitsOf", "digitsText", "listed", "lowerText", "scalars", "valuesOf"], types: [] },
  schema: { values: ["attribute"], types: ["ResourceTypeDefinition", "SchemaDefinition"] },
  scim: { values: ["base", "createEngine"], types: ["EndpointRules", "Scim", "ScimSettings"] },
  selects: { values: ["selected"], types: [] },
  session: { values: ["tenantOf"], types: ["ClientAccess", "HostAccess"] },
  setters: { values: ["along", "assign", "hold", "lowered", "missing", "seen", "setters", "stands", "uncleared"], types: ["Setters"] },
  store: { values: ["createStore"], types: [] },
  stored: {
    values: ["bigintText", "bytes", "dateTime", "decimal", "decimalText", "fitting", "flag", "flagText", "float", "floatText", "int", "intText", "textKey", "uuid"],
    types: [],
  },
  together: { values: ["insertJoined", "insertNamed"], types: [] },
  "value-store": { values: ["createValueStore"], types: ["ValueGroups"] },
  where: { values: [], types: ["Columns"] },
};

export interface Sibling {
  readonly file: string;
  readonly values: readonly string[];
  readonly types: readonly string[];
}

/** Sorted as the host would sort them: by module. */
export function imports(body: string, client: string, siblings: readonly Sibling[]): string {
  const used = words(body);
  const lines = [
    ...(used.has("Prisma") ? [{ module: client, line: `import ${isValue(body) ? "" : "type "}{ Prisma } from ${JSON.stringify(client)};` }] : []),
    ...Object.entries(protocol).flatMap(([file, names]) => from(`./protocol/${file}.js`, names, used)),
    ...siblings.flatMap((sibling) => from(`./${sibling.file}.js`, sibling, used)),
  ];
  const rank = (module: string): string => (module === client ? "0" : "1") + module;
  return [...lines]
    .sort((a, b) => (rank(a.module) < rank(b.module) ? -1 : rank(a.module) > rank(b.module) ? 1 : 0))
    .map(({ line }) => line)
    .join("\n");
}

/** Types alone, unless a filter has to name the nulls of a Json column, which only the client can. */
function isValue(body: string): boolean {
  return body.includes("Prisma.AnyNull");
}

function from(module: string, names: { readonly values: readonly string[]; readonly types: readonly string[] }, used: ReadonlySet<string>): readonly { readonly module: string; readonly line: string }[] {
  const line = (keyword: string, all: readonly string[]): readonly { readonly module: string; readonly line: string }[] => {
    const some = all.filter((name) => used.has(name));
    return some.length === 0 ? [] : [{ module, line: `${keyword} { ${some.join(", ")} } from "${module}";` }];
  };
  return [...line("import", names.values), ...line("import type", names.types)];
}

/** Every identifier of the text that is not a property, a key, a comment or part of a string. */
function words(body: string): ReadonlySet<string> {
  const code = body
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\]|\\.)*"/g, " ")
    .replaceAll("...", " ")
    // `(title) => ({ title })`: a column, whatever else is called so.
    .replace(/\(\w+(?:: T)?\) => \(\{[^()]*\}\)/g, " ");
  return new Set([...code.matchAll(/(?<![\w$.])[A-Za-z_$][\w$]*(?![\w$]|\s*\??:)/g)].map(([word]) => word));
}
