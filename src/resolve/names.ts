/** Every file name and identifier of the generated code that is not a name of the schema. Nothing downstream invents one. */

/** `emails` -> `email`: what one element is called. */
export function singular(name: string): string {
  return name.endsWith("ies") ? `${name.slice(0, -3)}y` : name.endsWith("sses") ? name.slice(0, -2) : name.endsWith("s") ? name.slice(0, -1) : name;
}

export function upperFirst(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** `User` -> `user`: the file of a resource, and the prefix of what it exports. */
export function fileName(resource: string): string {
  return resource.slice(0, 1).toLowerCase() + resource.slice(1);
}

/** `UserName`, `UserEmail`. */
export function typeName(resource: string, attribute: string, multiValued: boolean): string {
  return resource + upperFirst(identifier(multiValued ? singular(attribute) : attribute));
}

/** `home-hall` -> `homeHall`. */
function identifier(name: string): string {
  return name.replace(/[^A-Za-z0-9]+([A-Za-z0-9]?)/g, (_, letter: string) => letter.toUpperCase());
}

/** Types of one generated file, none twice. */
export class TypeNames {
  readonly #taken: Set<string>;

  constructor(taken: readonly string[]) {
    this.#taken = new Set(taken);
  }

  take(name: string): string {
    let free = name;
    for (let count = 2; this.#taken.has(free); count++) free = `${name}${String(count)}`;
    this.#taken.add(free);
    return free;
  }
}

/** RFC 7643 2.1. What every object of JavaScript has by itself would be found in one that does not hold it. */
export function isAttributeName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(name) && !(name in Object.prototype);
}

/** `homeHall` -> `Home hall.`: what a schema says of an attribute that nobody has described. */
export function sentence(name: string): string {
  const words = name.replace(/[_-]+/g, " ").replace(/([a-z0-9])([A-Z])/g, (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`);
  return `${upperFirst(words)}.`;
}

/** What a generated file calls things by itself, and words that TypeScript keeps. */
const reserved: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in " +
    "instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield undefined " +
    "along assign baseUrl chosen clientOf collection columns complex core dateTime db element filters fitting float floatText flagText formattedName fullName hold host id int intText inverted item " +
    "joined joinRows link lowered many merged meta missing nameInOne own parts print reads reference referred row schemas seen selected set setters shown slot stands tenant textKey unset uuid written " +
    "bigintText bytes decimal decimalText data values now input rules query externalId"
  ).split(" "),
);
/** What generated constants begin with, before a name of the schema. */
const generated = /^(dataOf|existing|extension|find|joined|known|linksOf|rowsOf|select|set|written)(?=[A-Z0-9]|$)|(Data|Mapping|Rows|Type)$/;

/**
 * The short name that stands for an extension's URN in keys and identifiers: its name in camel case. `taken`: other extensions, and the attributes
 * of the resource, whose keys begin with their names.
 */
export function aliasOf(name: string, taken: ReadonlySet<string>, resource: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const camel = words.map((word, index) => (index === 0 ? word.slice(0, 1).toLowerCase() + word.slice(1) : upperFirst(word))).join("");
  const isTaken = (alias: string): boolean => [...taken].some((other) => other.toLowerCase() === alias.toLowerCase());
  const isFree = /^[a-z]/.test(camel) && !reserved.has(camel) && !generated.test(camel) && camel !== fileName(resource) && !isTaken(camel);
  if (isFree) return camel;
  let alias = `extension${upperFirst(camel)}`;
  for (let count = 2; isTaken(alias); count++) alias = `extension${upperFirst(camel)}${String(count)}`;
  return alias;
}
