/** Whether somebody may come in: by a flag, a status, or a date. */
import type { SketchValue } from "../../sketch.js";
import { columnNamed, isText } from "./tables.js";
import type { Column, Table } from "./tables.js";
import * as words from "./words.js";

export interface ActiveGuess {
  readonly column: Column;
  /** Values of a status that say that somebody is gone for good. */
  readonly gone: readonly string[];
  /** `hidden`: values that removal hides, so that no attribute speaks of them. */
  readonly value: (hidden: readonly string[]) => SketchValue;
  readonly comment: readonly string[];
}

export function guessActive(table: Table): ActiveGuess | undefined {
  const isFlag = ({ type }: Column): boolean => type === "Boolean";
  const straight = columnNamed(table, words.on, isFlag);
  if (straight !== undefined) return { column: straight, gone: [], value: () => straight.name, comment: [] };

  const status = columnNamed(table, words.statusColumns, (column) => column.values.length > 0 || isText(column));
  const split = status && splitStatus(status.values.length > 0 ? status.values : toldValues(status));
  if (status !== undefined && split !== undefined) return byStatus(status, split);

  const turned = columnNamed(table, words.off, isFlag);
  const since = columnNamed(table, words.offSince, ({ type, optional }) => type === "DateTime" && optional);
  const against = turned ?? since;
  return against && { column: against, gone: [], value: () => ({ entries: [{ key: "unless", value: against.name, comment: [] }] }), comment: [] };
}

function byStatus(status: Column, { on, off, unknown }: Split): ActiveGuess {
  const one = (values: readonly string[]): SketchValue => (values.length === 1 ? (values[0] ?? "") : values);
  const gone = off.filter((value) => [words.squashed(value), ...words.wordsOf(value)].some((word) => words.gone.has(word)));
  return {
    column: status,
    // A status that can say nothing but "gone" beside "here" is a switch.
    gone: gone.length === off.length ? [] : gone,
    value: (hidden) => ({
      entries: [
        { key: "at", value: status.name, comment: [] },
        { key: "values", value: { entries: [{ key: "true", value: one(on), comment: [] }, { key: "false", value: one(off.filter((each) => !hidden.includes(each))), comment: [] }] }, comment: [] },
      ],
    }),
    comment: [
      status.values.length > 0
        ? `guess: by the names of the values; the first of each list is what is written`
        : `guess: ${status.name} is text, and its values are taken from its comment or default; the first of each list is what is written`,
      ...(unknown.length === 0 ? [] : [`guess: ${unknown.join(", ")} may not come in, since no name here says that they may`]),
    ],
  };
}

/** Of a status in a text column: what its comment lists, else its default and the usual opposite. */
function toldValues({ said, initial }: Column): readonly string[] {
  const told = [...said.matchAll(/[A-Za-z_]{3,}/g)].map(([word]) => word).filter((word) => splitsAlone(word));
  if (splitStatus(told) !== undefined) return [...new Set(told)];
  return initial !== undefined && words.statusOn.has(initial.toLowerCase()) ? [initial, initial === initial.toUpperCase() ? "INACTIVE" : "inactive"] : [];
}

const splitsAlone = (word: string): boolean => words.statusOn.has(word.toLowerCase()) || words.statusSoon.has(word.toLowerCase()) || (words.statusOff as readonly string[]).includes(word.toLowerCase());

export interface Split {
  readonly on: readonly string[];
  readonly off: readonly string[];
  readonly unknown: readonly string[];
}

/** The values of a status that let somebody in, and those that do not. Undefined where no name says either. */
export function splitStatus(values: readonly string[]): Split | undefined {
  const of = (value: string): readonly string[] => [words.squashed(value), ...words.wordsOf(value)];
  const fits = (among: { has(word: string): boolean }) => (value: string): boolean => of(value).some((word) => among.has(word));
  const off = new Set<string>(words.statusOff);
  const closed = values.filter(fits(off));
  const open = values.filter((value) => !closed.includes(value) && fits(words.statusOn)(value));
  const soon = values.filter((value) => !closed.includes(value) && !open.includes(value) && fits(words.statusSoon)(value));
  if (open.length === 0 || closed.length === 0) return undefined;
  const unknown = values.filter((value) => !closed.includes(value) && !open.includes(value) && !soon.includes(value));
  const rank = (value: string): number => Math.min(...of(value).map((word) => (words.statusOff as readonly string[]).indexOf(word)).filter((index) => index >= 0));
  return { on: [...open, ...soon], off: [...[...closed].sort((a, b) => rank(a) - rank(b)), ...unknown], unknown };
}
