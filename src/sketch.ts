/** What `init` has guessed about one project, before anybody has read it. Types only. */
import type { Tagged } from "./config.js";

/** A mapping as it will be written: ordered, with what is said beside each entry. */
export interface Sketch {
  readonly entries: readonly SketchEntry[];
}
export interface SketchEntry {
  readonly key: string;
  /** Undefined: nothing could be guessed, and the comment says what belongs here. */
  readonly value: SketchValue | undefined;
  /** Lines that stand above the entry. */
  readonly comment: readonly string[];
}
export type SketchValue = string | number | boolean | null | Tagged | Sketch | readonly string[] | readonly Sketch[];

/** A function that the mapping leaves to the host's `rules.ts`. */
export interface GuessedRule {
  readonly name: string;
  /** `link`: may a tenant add this person. `id`: a new random id. `password`: what no password fits. `open`: only the host can say. */
  readonly kind: "link" | "id" | "password" | "open";
  /** The column it fills: "Membership.badge". */
  readonly column: string;
}

/** Lines that the host's schema lacks for a good mapping. */
export interface Addition {
  readonly why: string;
  readonly models: readonly { readonly name: string; readonly lines: readonly string[] }[];
  readonly sql: readonly string[];
  /** What to write into the mapping once the columns are there; undefined: nothing, they are found. */
  readonly mapping: string | undefined;
  /** Lines that change what is there already, or a model that is new: they cannot be added as they stand. */
  readonly replaces?: true;
}

/** A question that the schema leaves open, with what may be answered: the likeliest first. */
export interface Question {
  readonly about: "user" | "tenant" | "group" | "removal";
  readonly answers: readonly Answer[];
}
export interface Answer {
  /** As a flag takes it. */
  readonly value: string;
  readonly label: string;
  readonly why: string;
}

export interface Guess {
  readonly config: Sketch;
  readonly rules: readonly GuessedRule[];
  /** Why the mapping is as it is, a sentence each. */
  readonly reasons: readonly string[];
  /** What could not be guessed and has to be filled in before `generate` can run. */
  readonly missing: readonly string[];
  readonly additions: readonly Addition[];
  /** Null: a product without tenants. */
  readonly tenant: GuessedTenant | null | undefined;
  /** The setting that row level security compares with; undefined: there is none to be set. */
  readonly guarded: { readonly setting: string | undefined } | undefined;
}

/** What `authenticate` has to give. */
export interface GuessedTenant {
  /** The model whose rows are the tenants, when there is one: "Organization". */
  readonly model: string | undefined;
  readonly type: "string" | "number" | "bigint";
}
