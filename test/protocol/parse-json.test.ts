import { describe, expect, it } from "vitest";
import { defaultLimits } from "../../templates/generated/protocol/limits.js";
import { parseJson } from "../../templates/generated/protocol/parse-json.js";
import { answerOf } from "./answer-of.js";

const parse = (text: string): unknown => answerOf(() => parseJson(text, defaultLimits));

describe("RFC 7644 3.12 a body that is no JSON", () => {
  it.each(["", "  \n", "{", "{]", "undefined", "{'a':1}", '{"a":1}}', '"a', "[1,]"])("400 invalidSyntax: %s", (text) =>
    expect(parse(text)).toMatchObject({ status: 400, scimType: "invalidSyntax" }),
  );

  it.each(["{}", "[]", "null", '"[[["', '{"a":"\\"{{{{"}', '{"a":[1,2.5,true,null,{"b":"ü😀"}]}'])("JSON: %s", (text) => expect(parse(text)).toEqual(JSON.parse(text)));
});

describe("RFC 7644 7 limits and unsafe bodies", () => {
  it.each([
    ["arrays", "[".repeat(1_000_000)],
    ["objects", '{"a":'.repeat(200_000)],
    ["one level too many", "[".repeat(33) + "]".repeat(33)],
  ])("refuses deep nesting without overflow: %s", (_, text) => expect(parse(text)).toMatchObject({ status: 400, scimType: "invalidSyntax" }));

  it("takes nesting up to the limit", () => expect(parse("[".repeat(32) + "]".repeat(32))).not.toHaveProperty("status"));

  it.each(['{"__proto__":{"admin":true}}', '{"a":[{"constructor":{"prototype":{}}}]}', '{"\\u005f_proto__":1}'])("refuses a name that leads to a prototype: %s", (text) => {
    expect(parse(text)).toMatchObject({ status: 400, scimType: "invalidSyntax" });
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
  });

  it.each([
    ["NUL", '{"userName":"a\\u0000b"}'],
    ["a lone high surrogate", '{"userName":"a\\ud83d"}'],
    ["a lone low surrogate", '{"emails":[{"value":"\\ude00a"}]}'],
    ["NUL in a name", '{"user\\u0000Name":"a"}'],
  ])("refuses %s", (_, text) => expect(parse(text)).toMatchObject({ status: 400, scimType: "invalidValue" }));

  it.each(['{"userName":"ann","userName":"eve"}', '{"a":[{"b":{"c":1,"d":{},"c":1}}]}', '{"a":1,"\\u0061":2}'])("refuses a name that stands twice, of which JSON.parse would keep the last (RFC 8259 4): %s", (text) =>
    expect(parse(text)).toMatchObject({ status: 400, scimType: "invalidSyntax" }),
  );

  it.each(['[{"a":1},{"a":1},{"a":{"a":[{"a":":"}]}}]', '{"a:a":":","b":["\\":",":"]}', '{"":{"":1}}'])("and none that stands once in each object: %s", (text) => expect(parse(text)).toEqual(JSON.parse(text)));

  it("takes a whole surrogate pair", () => expect(parse('{"a":"\\ud83d\\ude00"}')).toEqual({ a: "😀" }));
});
