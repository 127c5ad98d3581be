/** How the host writes its code: tsconfig, prettier and package.json -> Dialect. Decides nothing about SCIM. */

/** Path below the output folder, in POSIX form, to the file's text. */
export type FileSet = ReadonlyMap<string, string>;

/** How relative imports end. */
export type ImportEnding = "" | ".js" | ".ts";

/** What generated code must look like in this host. */
export interface Dialect {
  readonly importEnding: ImportEnding;
  /** The module that exports `Prisma`, as a generated file imports it. */
  readonly clientImport: string;
  readonly lineEnding: "\n" | "\r\n";
  /** The host's own prettier settings; undefined: none, and the text stays as the templates have it. */
  readonly prettier: Readonly<Record<string, unknown>> | undefined;
}
