import { describe, expect, it } from "vitest";
import { collection, elementsOf } from "../../templates/generated/protocol/collection.js";
import { fullName } from "../../templates/generated/protocol/full-name.js";

interface Mail {
  readonly value: string;
  readonly type: string | null;
  readonly primary: boolean;
}
type Row = Mail & { readonly id: number };

const mail = (value: string, type: string | null = null, primary = false): Mail => ({ value, type, primary });

describe("rows as a client sees them (RFC 7643 2.4)", () => {
  it("one primary at most, the first", () => {
    expect(elementsOf([mail("a", "work", true), mail("b", "home", true), mail("c")])).toEqual([mail("a", "work", true), mail("b", "home"), mail("c")]);
  });

  it("no value and type twice, and nothing without a value", () => {
    expect(elementsOf([mail("a", "work", true), mail(""), mail("a", "home"), mail("a", "work")])).toEqual([mail("a", "work", true), mail("a", "home")]);
  });

  it("elements that have no value are told apart by all that they have", () => {
    const [home, away] = [{ type: "home", street: "x" }, { type: "home", street: "y" }];
    expect(elementsOf([home, away, { ...home, primary: true }])).toEqual([home, away]);
  });

  it("absent where there is none, or the rows were not read", () => {
    expect(elementsOf([mail("")])).toBeUndefined();
    expect(elementsOf(undefined)).toBeUndefined();
  });
});

describe("the no-change rule for rows that the client does not see as they are", () => {
  const stored: readonly Row[] = [mail("a", "work", true), mail("b", "home", true), mail("", "x"), mail("a", "work")].map((each, id) => ({ ...each, id }));
  const moved: string[] = [];
  const rows = collection<undefined, string, Mail, Row, number>({
    identity: ["value", "type"],
    id: ({ id }) => id,
    item: ({ value, type, primary }) => mail(value, type, primary),
    read: () => Promise.resolve(stored),
    add: (_, all) => Promise.resolve(moved.push(`add ${all.map(({ item: { value } }) => value).join()}`)),
    change: (_, __, id, { value, primary }) => Promise.resolve(moved.push(`change ${String(id)} ${value} ${String(primary)}`)),
    drop: (_, __, ids) => Promise.resolve(moved.push(`drop ${ids.join()}`)),
  });
  const put = async (...list: readonly Mail[]): Promise<readonly string[]> => {
    moved.length = 0;
    await rows.reconcile(undefined, "parent", list.map((each) => ({ ...each })), { id: "1", input: {}, now: new Date(), values: {} });
    return [...moved];
  };

  it("the list as it was read moves nothing, in whatever order", async () => {
    expect(await put(mail("a", "work", true), mail("b", "home"))).toEqual([]);
    expect(await put(mail("b", "home"), mail("a", "work", true))).toEqual([]);
  });

  it("another list becomes the rows, and nothing that was not seen comes to light", async () => {
    expect(await put(mail("a", "work", true))).toEqual(["drop 1,2,3"]);
    expect(await put(mail("a", "work"), mail("b", "home", true))).toEqual(["drop 2,3", "change 0 a false"]);
  });
});

it("a name that begins with a space has no empty part (RFC 7643 2.5)", () => {
  expect(fullName("  ", "given-first")).toEqual({ formatted: "  " });
  expect(fullName(" Lee", "given-first")).toEqual({ formatted: " Lee", familyName: "Lee" });
});
