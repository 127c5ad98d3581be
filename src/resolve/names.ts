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
  return resource + upperFirst(multiValued ? singular(attribute) : attribute);
}
