/** Lists of references: the members of a group, wherever each kind of them is kept. */
import type { MemberList } from "../../provider.js";
import { property, quoted } from "../expressions.js";
import { tenantArgument } from "../scope.js";
import { keyType, upperFirst } from "../view.js";
import { childList } from "./member-children.js";
import { endList } from "./member-ends.js";
import { joinList } from "./member-joins.js";
import { handed } from "./made.js";
import { contribution } from "./kind.js";
import type { Contribution, Of, Setting } from "./kind.js";
import type { ListParts, ListSetting } from "./member-list.js";

export function members(attribute: Of<"members">, setting: Setting): Contribution {
  const { source, key } = attribute;
  const { lists } = source;
  const variable = `linksOf${key.split(/[^A-Za-z0-9]+/).map(upperFirst).join("")}`;
  const hasDisplay = lists.some(({ display }) => display !== undefined);
  const parts = lists.map((list) => listParts(list, { ...setting, hasDisplay, attribute: attribute.definition.name, variable: lists.length === 1 ? variable : `${variable}In${upperFirst(nameOf(list))}` }));
  const [only] = parts;
  if (only === undefined) return contribution({});
  const isOne = parts.length === 1;
  const db = `${setting.resource.name}Db`;
  const tenant = tenantArgument(setting.tenantType);
  const all = handed(setting, lists.flatMap((list) => (list.kind === "join" ? list.create : [])));
  return contribution({
    lists: parts.map(({ name, select }) => ({ name, select })),
    printed: isOne ? `many(${only.printed})` : `many([${parts.map(({ printed }) => `...(${printed} ?? [])`).join(", ")}])`,
    finders: parts.map(({ finder }) => finder),
    filters: [`${property(key)}: ${isOne ? only.elements : `find.either(${parts.map(({ elements }) => elements).join(", ")})`},`],
    selects: parts.flatMap(({ selects = [] }) => selects),
    blocks: [
      ...parts.map(({ block }) => block),
      ...(isOne ? [] : [{ template: "several.ts.hbs", view: { variable, db, key: keyType(setting.resource), tenant: all.parameter, lists: parts.map(({ argument = tenant.argument }, index) => `${variable}In${upperFirst(nameOf(lists[index]))}(${argument})`).join(", ") } }]),
    ],
    types: parts.flatMap(({ types }) => types),
    calls: parts.flatMap(({ calls }) => calls),
    mapping: { links: [quoted(key)] },
    rows: { links: [`${property(key)}: ${variable}(${all.argument})`] },
    refersTo: lists.map(({ to }) => to.name),
  });
}

function nameOf(list: MemberList | undefined): string {
  return list === undefined ? "" : list.kind === "ends" ? list.ends.name : list.list.name;
}

function listParts(list: MemberList, setting: ListSetting): ListParts {
  switch (list.kind) {
    case "join":
      return joinList(list, setting);
    case "ends":
      return endList(list, setting);
    case "children":
      return childList(list, setting);
  }
}
