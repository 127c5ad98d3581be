import { describe, expect, it } from "vitest";
import { along, assign, lowered, setters } from "../../templates/generated/protocol/setters.js";

type Data = Record<string, unknown>;
const set = setters<Data, Data>();
const place = (name: string) => (test: unknown): Data => ({ [name]: test });

/** Of each attribute: what is written with the others, and what goes by itself. */
const written = {
  title: set.optionalText(place("title")),
  code: lowered(set.text(place("code"))),
  active: set.switched(place("status"), ["ACTIVE", "INVITED"], "SUSPENDED"),
  enabled: set.since(place("disabledAt")),
  flag: along(set.flag(place("flag")), () => ({ flaggedAt: "now" }), () => ({ flaggedAt: null })),
  kind: set.choice(place("kind"), "kind", [["A1", "a"], ["A2", "A"], ["B", "b"]]),
  colour: set.optionalChoice(place("colour"), "colour", [["RED", "red"], ["BLUE", "blue"]]),
};

describe("the no-change rule: a column that may hold another value that reads the same is written by itself", () => {
  it("a status, an instant, several stored values for one, and what moves other columns along", () => {
    const { data, together, apart } = assign(written, { title: "T", code: "C", active: true, enabled: true, flag: true, kind: "A", colour: "red" });
    expect(together).toEqual({
      data: [{ title: "T" }, { code: "c" }, { colour: "RED" }],
      news: [{ title: { not: "T" } }, { title: null }, { code: { not: "c" } }, { colour: { notIn: ["RED"] } }, { colour: null }],
    });
    expect(apart).toEqual([
      { data: [{ status: "ACTIVE" }], news: [{ status: { notIn: ["ACTIVE", "INVITED"] } }] },
      { data: [{ disabledAt: null }], news: [{ disabledAt: { not: null } }] },
      { data: [{ flag: true, flaggedAt: "now" }], news: [{ flag: { not: true } }] },
      { data: [{ kind: "A1" }], news: [{ kind: { notIn: ["A1", "A2"] } }] },
    ]);
    // An insert writes them all.
    expect(data).toHaveLength(7);
  });

  it("what is cleared and must hold something is refused by name (RFC 7644 3.5.1, 3.12)", () => {
    expect(() => assign(written, { kind: null })).toThrow(expect.objectContaining({ status: 400, scimType: "invalidValue", message: "kind is required." }));
    expect(assign(written, { colour: null }).data).toEqual([{ colour: null }]);
  });

  it("what is not said is not written", () => {
    expect(assign(written, {})).toEqual({ data: [], together: { data: [], news: [] }, apart: [] });
  });
});
