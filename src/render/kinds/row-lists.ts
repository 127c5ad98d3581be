/** A multi-valued attribute whose elements are rows of several lists. */
import type { Attribute } from "../../provider.js";
import { constantText, object, property, quoted } from "../expressions.js";
import { upperFirst, uses } from "../view.js";
import { contribution } from "./kind.js";
import type { Contribution, Of, Setting } from "./kind.js";
import { handed } from "./made.js";
import { listParts, madeOf } from "./rows.js";
import type { ListParts } from "./rows.js";
import { isHeld } from "./rows-held.js";

interface One {
  readonly attribute: Of<"rows">;
  readonly isWritten: boolean;
  readonly parts: ListParts;
  /** The function that makes elements of its rows, and what it is handed besides the row. */
  readonly elements: string;
  readonly asks: readonly string[];
}

export function rowLists(attribute: Of<"rowLists">, setting: Setting): Contribution {
  const { source, definition, key } = attribute;
  const name = key.split(/[^A-Za-z0-9]+/).map((each, index) => (index === 0 ? each : upperFirst(each))).join("");
  const beside = `$${name}`;
  const all = new Set(source.lists.flatMap(({ rows }) => rows.each.map((each) => each.definition.name)));
  const lists = source.lists.map(({ rows, isWritten }): One => {
    const one: Of<"rows"> = { ...attribute, source: rows, definition: { ...definition, mutability: isWritten ? definition.mutability : "readOnly" } };
    const lacks = [...all].filter((sub) => !rows.each.some((each) => each.definition.name === sub));
    const parts = listParts(one, setting, { shown: `${beside}: { ...row.${beside}, ${rows.name}: found }`, lacks });
    return { attribute: one, isWritten, parts, elements: `elementsOf${upperFirst(rows.name)}`, asks: ["tenant", "rules"].filter((name) => uses(parts.element, name)) };
  });
  const isWritten = definition.mutability !== "readOnly";
  const given = handed(setting, lists.flatMap((each) => (each.isWritten ? madeOf(each.attribute) : [])), lists.some((each) => each.asks.includes("rules")));
  const elements = `[${lists.map((each) => `...${each.elements}(${["row", ...each.asks].join(", ")})`).join(", ")}]`;
  const contributions = lists.map(({ parts }) => parts.contribution);
  return contribution({
    needs: contributions.flatMap(({ needs }) => needs),
    printed: definition.type === "complex" ? `elementsOf(${elements})` : `many(${elements}.flatMap(({ value }) => value ?? []))`,
    finders: contributions.flatMap(({ finders }) => finders),
    beside: { name: beside, type: `{ ${lists.map(({ attribute: { source: rows }, parts }) => `readonly ${rows.name}?: readonly ${parts.payload}[]`).join("; ")} }`, call: `${name}Beside(${given.argument})` },
    filters: [`${property(key)}: find.either(${lists.map(({ parts }) => parts.filter ?? "").join(", ")}),`],
    selects: lists.flatMap(({ attribute: { source: rows }, parts, elements: variable, asks }) => [...parts.contribution.selects, { template: "elements.ts.hbs", view: { name: variable, shown: `${beside}?.${rows.name}`, element: parts.element, parameters: asks.map((each) => (each === "tenant" ? ", tenant: Tenant" : `, rules: ${setting.resource.name}Rules`)).join("") } }]),
    blocks: [
      ...contributions.flatMap(({ blocks }) => blocks),
      { template: "row-lists.ts.hbs", view: { key, quotedKey: quoted(key), name, db: `${setting.resource.name}Db`, tenant: given.parameter, lists: lists.map(listed) } },
    ],
    types: contributions.flatMap(({ types }) => types),
    calls: contributions.flatMap(({ calls }) => calls),
    codecs: contributions.flatMap(({ codecs }) => codecs),
    rows: { operands: [...new Set(contributions.flatMap(({ rows }) => rows.operands ?? []))] },
    mapping: isWritten ? { collections: [quoted(key)], ...(lists.some((each) => each.isWritten && isHeld(each.attribute.source)) ? { held: [quoted(key)] } : {}) } : {},
  });
}

/** What tells which elements are the list's. */
function listed({ attribute: { source }, isWritten, parts, elements, asks }: One): object {
  const constant = source.each.flatMap((sub: Attribute) => (sub.source.kind === "constant" ? [`${property(sub.definition.name)}: ${constantText(sub.source.value)}`] : []));
  return { rows: parts.beside, elements: asks.length > 0 ? `(row) => ${elements}(${["row", ...asks].join(", ")})` : elements, constant: object(constant), takes: String(isWritten && source.adds), isWritten: String(isWritten) };
}
