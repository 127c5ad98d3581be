/** What README.md.hbs prints: for each attribute where it lives, what a filter can ask and what a client may write. */
import type { Attribute, Column, MemberList, MembershipsSource, Place, Provider, Resource, RowLife, SharedRow, Source, ValueGroups } from "../provider.js";
import { leniencies } from "../scim/leniencies.js";
import { literal } from "./scope.js";
import { heldBehind, keptPerson, topLevel } from "./view.js";

export interface ReadmeView {
  readonly leniencies: readonly { readonly rule: string; readonly state: "on" | "off"; readonly allows: string }[];
  readonly resources: readonly {
    readonly name: string;
    readonly endpoint: string;
    readonly one: string;
    readonly tenant: string | undefined;
    readonly rows: readonly { readonly attribute: string; readonly place: string; readonly filter: string; readonly write: string }[];
    readonly notes: readonly string[];
  }[];
}

export function readmeView(provider: Provider): ReadmeView {
  return {
    leniencies: Object.entries(leniencies).map(([rule, allows]) => ({ rule, state: provider.leniencies[rule] === false ? "off" : "on", allows })),
    resources: [
      ...provider.resources.map((resource) => ({
        name: resource.name,
        endpoint: resource.endpoint,
        one: `One row of \`${resource.model.name}\``,
        tenant: tenantOf(resource),
        rows: topLevel(resource).flatMap((each) => (each.source.kind === "complex" ? each.source.of : [each])).map((each) => row(resource, each)),
        notes: notes(resource),
      })),
      ...(provider.valueGroups === undefined ? [] : [valueGroupsOf(provider.valueGroups)]),
    ],
  };
}

function valueGroupsOf({ name, endpoint, model, column, scope, leave, locked }: ValueGroups): ReadmeView["resources"][number] {
  return {
    name,
    endpoint,
    one: `One value of \`${model.name}.${column.name}\`, and in it the rows`,
    tenant: tenantOf({ scope }),
    rows: [
      { attribute: "`displayName`", place: column.values.map((each) => `\`${each}\``).join(", "), filter: "all operators", write: "no: 403" },
      { attribute: "`members`", place: `\`${model.name}.${column.name}\``, filter: "`value`: eq ne pr; `type`: all operators", write: "yes" },
    ],
    notes: [
      `A group is a value of \`${column.name}\`, and not a row: POST and DELETE answer 403. Who is added to a group leaves the one before; who is removed holds \`${leave}\` then.`,
      ...(locked.length === 0 ? [] : [`No client puts anybody into ${locked.map((each) => `\`${each}\``).join(", ")}, or takes anybody out: 403.`]),
    ],
  };
}

function tenantOf({ scope: { tenant } }: Pick<Resource, "scope">): string | undefined {
  return tenant === undefined ? undefined : [...tenant.steps.map(({ relation }) => relation), tenant.column.name].join(".");
}

function row(resource: Resource, attribute: Attribute): ReadmeView["resources"][number]["rows"][number] {
  return {
    attribute: `\`${attribute.key}\``,
    place: where(attribute.source) + (attribute.fallback === undefined ? "" : `, else \`${attribute.fallback}\``),
    filter: filter(attribute),
    write: write(resource, attribute),
  };
}

function path(place: Place): string {
  return `\`${[...place.steps.map((step) => step.relation), place.column.name].join(".")}\``;
}

function where(source: Source): string {
  switch (source.kind) {
    case "exists":
      return "the row itself";
    case "constant":
      return `always \`${String(source.value)}\``;
    case "rows":
      return `rows of \`${source.list.model.name}\`${source.holder === undefined ? "" : ` that hang on \`${source.holder.step.relation}\``}${source.table === undefined ? "" : `, by the SCIM id in \`${source.list.key.name}\``}${living(source.life)}`;
    case "rowLists":
      return source.lists.map(({ rows, isWritten }) => `${where(rows)}${isWritten ? "" : " (read-only)"}`).join("; ");
    case "ends":
      return `\`${source.value.name}\` of the rows of \`${source.ends.model.name}\` that are linked`;
    case "members":
      return source.lists.map(membersWhere).join(", ");
    case "memberships":
      return membershipsWhere(source);
    case "valueMembership":
      return `the value of \`${source.place.column.name}\``;
    case "slots":
      return source.slots.map((slot) => `${slot.parts.map((part) => where(part.source)).join(", ")} (${slot.type})`).join("; ");
    case "json":
    case "elements":
      return `${source.kind === "json" ? "" : "elements in "}\`${[...source.place.steps.map((step) => step.relation), source.place.column.name].join(".")}${source.path.map((key) => `->${key}`).join("")}\``;
    case "codec":
      return `${source.places.map(path).join(", ")}, by \`${source.name}\``;
    case "handed":
      return "your hook `password`, and nowhere else";
    case "scalars":
      return `the values of ${path(source.place)}`;
    case "complex":
      return "its parts";
    case "lookup":
      return path(source.at);
    case "formatted":
      return `${source.of.map((key) => `\`${key}\``).join(", ")}, put together`;
    case "reference":
      return `${path(source.place)}${source.seen === undefined ? "" : `, while that ${source.to.name} exists for the tenant`}`;
    case "oneRow":
      return `${path(source.inner.place)} of the one row of \`${source.model.name}\`${source.by === undefined ? `, by the SCIM id in \`${source.key.name}\`` : ""}`;
    default:
      return path(source.place);
  }
}

function membersWhere(list: MemberList): string {
  switch (list.kind) {
    case "join":
      return `rows of \`${list.list.model.name}\`${list.back === undefined ? "" : `, which name the person in \`${list.member.name}\`: those with a row of the tenant behind \`${list.back.name}\``}${living(list.life)}`;
    case "ends":
      return `links to rows of \`${list.ends.model.name}\``;
    case "children":
      return `\`${list.list.model.name}.${list.list.key.name}\``;
  }
}

/** Which of the rows, and what becomes of one that goes. */
function living({ where, removal }: RowLife): string {
  const marks = removal === undefined ? "" : `; one that goes is marked by \`${removal.set.map(({ column }) => column.name).join("`, `")}\`, and stays`;
  return `${where === undefined ? "" : ` where \`${literal(where.condition)}\``}${marks}`;
}

function membershipsWhere({ from }: MembershipsSource): string {
  switch (from.kind) {
    case "join":
      return `rows of \`${from.list.model.name}\`${from.person === undefined ? "" : ` behind \`${from.person.relation}\``}`;
    case "ends":
      return `links to rows of \`${from.ends.model.name}\``;
    case "parent":
      return `the row behind \`${from.step.relation}\``;
  }
}

function filter({ source, definition }: Pick<Attribute, "source" | "definition">): string {
  switch (source.kind) {
    case "json":
      return definition.type !== "string" && definition.type !== "reference" && definition.type !== "binary" ? (definition.type === "dateTime" ? "pr" : "eq ne pr") : `${source.letters === "folded" ? "" : "eq ne "}co sw ew pr`;
    case "elements": {
      const asked = source.parts.filter(({ letters, type }) => letters !== "folded" && type !== "dateTime").map(({ name }) => `\`${name}\``);
      return `pr; inside \`[ ]\` eq, and, or${asked.length === 0 ? " of nothing" : ` of ${asked.join(", ")}`}, letter for letter`;
    }
    case "column":
      return columnFilter(source.place.column);
    case "lookup":
      return columnFilter(source.at.column);
    case "oneRow":
      return filter({ source: source.inner, definition }) + (source.by === undefined ? ", up to 5,000 resources" : "");
    case "choice":
    case "exists":
    case "constant":
      return "all operators";
    case "switch":
    case "flag":
    case "since":
    case "reference":
      return "eq ne pr";
    case "fullName":
      return "`formatted`: all operators; the parts: refused";
    case "codec":
      return source.equals === undefined ? "refused" : `eq ne pr, by ${path(source.equals.place)}`;
    case "formatted":
    case "handed":
      return "refused";
    case "scalars":
      return source.choice === undefined && !source.lower && source.place.column.type === "text" ? "`value`: eq ne pr, letter for letter" : "`value`: eq ne pr";
    case "rows":
    case "rowLists":
    case "ends":
    case "slots":
      return `all operators, \`[ ]\` is one element${source.kind === "rows" && source.table !== undefined ? ", up to 5,000 resources" : ""}${apartFrom(source)}`;
    case "members":
      return source.lists.length === 1 && source.lists[0]?.display === undefined ? "`value`: eq ne pr" : "`value`: eq ne pr; `type`, `display`: all operators";
    case "memberships":
      return "`value`: eq ne pr";
    case "valueMembership":
      return "all operators";
    case "complex":
      return "as its parts";
  }
}

/** Parts of rows that are asked otherwise than the rest. */
function apartFrom(source: Attribute["source"]): string {
  const each = source.kind === "rows" ? source.each : source.kind === "rowLists" ? source.lists.flatMap(({ rows }) => rows.each) : [];
  const told = each.flatMap((sub) => (sub.source.kind === "codec" || sub.source.kind === "json" ? [`; \`${sub.definition.name}\`: ${filter(sub)}`] : []));
  return [...new Set(told)].join("");
}

function columnFilter({ type }: Column): string {
  return type === "text" || type === "citext" ? "all operators" : type === "uuid" || type === "boolean" ? "eq ne pr" : "eq ne gt ge lt le pr";
}

function write(resource: Resource, attribute: Attribute): string {
  const { source, definition } = attribute;
  if (definition.mutability === "readOnly") return "read-only";
  if (source.kind === "lookup") return `links the \`${source.at.steps.at(-1)?.model.name ?? ""}\` that has it${source.link === "connect" ? "" : ", or a new one"}`;
  if (source.kind === "rowLists") return "each list by its own rule: an element stays where it is, and a new one goes to the first list that takes its like";
  const [holds] = heldBehind(source);
  const holder = holds && resource.shared.find((each) => each.step.relation === holds.relation);
  const heldTo = holder && writeOfShared(resource, holder);
  if (source.kind === "oneRow" && !source.adds) return "changes and removes the row; a value that has none is 400";
  const fixed = source.kind === "rows" && !source.adds ? "changes and removes elements, and one that has no row is 400" : undefined;
  if (source.kind === "members" && source.lists.every((list) => list.kind === "join" && !list.adds)) return "removes; who is no member is 400";
  if (source.kind === "oneRow") return `makes, changes and removes the row${source.by?.holder === undefined ? "" : "; it stays when the resource goes"}${heldTo === undefined ? "" : `; ${heldTo}`}`;
  const relation = "place" in source ? source.place.steps[0]?.relation : holds?.relation;
  const shared = resource.shared.find((each) => each.step.relation === relation);
  const may = shared === undefined ? undefined : writeOfShared(resource, shared);
  if (fixed !== undefined) return may === undefined ? fixed : `${fixed}; ${may}`;
  if (may !== undefined) return may;
  if (definition.mutability === "immutable") return "once";
  return source.kind === "rows" && source.holder !== undefined ? "yes; the rows stay when the resource goes" : "yes";
}

/** Whose a row is to change that tenants share. */
function writeOfShared(resource: Resource, shared: SharedRow): string {
  if (shared.onUpdate === "write") return "yes, for every tenant";
  if (shared.onUpdate === "whenSole") return `while no other row of \`${resource.model.name}\` points to the \`${shared.step.model.name}\``;
  if (shared.onUpdate === "refuse") return "when the row is created; a later change is 400 `mutability`";
  return shared.onUpdate === "owned" ? `while \`${shared.step.relation}.${shared.owner?.name ?? ""}\` is the tenant` : "when the row is created";
}

/** What a POST does with a row of the same userName. */
function metNotes(resource: Resource): readonly string[] {
  const { existing } = resource;
  if (existing === undefined) return [];
  const { unmanaged, inactive, removed } = existing;
  const taken = [
    ...(unmanaged ? ["is active and has no externalId yet, when the request brings one"] : []),
    ...(inactive ? ["is inactive"] : []),
    ...(removed?.policy === "restore" ? ["was removed by DELETE"] : []),
  ];
  return [
    ...(taken.length === 0 ? [] : [`A POST takes the row of the same userName in its tenant that ${taken.join(", or ")}: 201 with the id that the row has, and what the request says is written. Every other such row is 409. Hook \`beforeCreate\` is shown it as \`existing\`, and may refuse.${removed?.policy === "restore" && resource.shared.some(({ link }) => link !== "create") ? " A removed one comes back when rule `mayLink` allows, of which it is not asked where the tenant owns the person." : ""}`]),
    ...(removed?.policy === "conflict" ? ["A POST of the userName of a row that DELETE has hidden is 409."] : []),
  ];
}

/** When the hook is called for a person whom tenants share and nobody owns. */
function passwordNotes(resource: Resource): readonly string[] {
  const person = keptPerson(resource);
  if (person === undefined) return [];
  return [`Hook \`password\` is called by the POST that makes the \`${person.step.model.name}\`, and never again: nothing says whose that is. A later one is ${person.onUpdate === "refuse" ? "400 `mutability`" : "kept from the hook, and told in the log"}.`];
}

function notes(resource: Resource): readonly string[] {
  return [
    ...(resource.scope.where === undefined ? [] : [`Only rows that fit \`${literal(resource.scope.where.condition)}\` exist here; no request reaches another one, and a write that would leave such a row behind is refused with 400.`]),
    ...resource.shared.map(
      ({ step, match, link, onLink, orphan, owner }) =>
        `POST looks for a \`${step.model.name}\` with the same \`${match.name}\`${link === "connectOrCreate" ? ", joins it when rule `mayLink` allows, and else makes one" : link === "connect" ? " and joins it; there must be one" : "; a known one is 409"}.${onLink === "update" ? " One that it joins is written, as far as the table above lets it." : ""} DELETE ${orphan === undefined ? "leaves that row alone" : `removes that row too when nothing else points to it${owner === undefined ? "" : ` and \`${owner.name}\` is the tenant`}`}.`,
    ),
    ...metNotes(resource),
    ...passwordNotes(resource),
    ...(resource.removal.kind === "hide" ? [`DELETE removes no row: it writes ${resource.removal.set.map(({ column }) => `\`${column.name}\``).join(", ")}, and the row exists for no request any more.`] : []),
    ...(resource.removal.kind === "deactivate" ? ["DELETE writes `active` false and answers 204, and the resource stays readable: this deviates from RFC 7644 3.6."] : []),
    ...(resource.attributes.some(({ source }) => source.kind === "exists") ? ["`active: false` removes the row, as DELETE does, and a POST with it is refused."] : []),
    ...(resource.others === undefined ? [] : [`Attributes and extensions that no schema here knows are kept as they are sent in \`${resource.others.name}\`, and come back in each answer; a filter on one is refused. \`limits.others\` bounds them.`]),
    ...(resource.removal.before.length === 0 ? [] : [`DELETE first removes the rows of ${resource.removal.before.map((list) => `\`${list.model.name}\``).join(", ")} that hang on the row.`]),
    ...(resource.removal.members === undefined ? [] : [`DELETE first takes the person out of the tenant's groups: the rows of \`${resource.removal.members.list.model.name}\` there; those of other tenants' groups stay.`]),
  ];
}
