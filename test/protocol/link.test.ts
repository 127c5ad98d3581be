/** The row that tenants share, found or made while others do the same. */
import { expect, test } from "vitest";
import { link } from "../../templates/generated/protocol/joined.js";

const rows = (found: readonly string[][], made: readonly string[][]): Parameters<typeof link<string>>[0] => {
  const [finds, makes] = [[...found], [...made]];
  return { find: () => Promise.resolve(finds.shift() ?? []), make: () => Promise.resolve(makes.shift() ?? []), mayLink: () => Promise.resolve(true), policy: "connectOrCreate", attribute: "userName" };
};

test("another tenant's insert of the same person is joined", async () => {
  expect(await link(rows([[], ["ann"]], [[]]))).toBe("ann");
});

test("a person who went between insert and look is made anew", async () => {
  expect(await link(rows([[], []], [[], ["ann"]]))).toBe("ann");
});

test("a value that another person has, such as a unique phone number, is 409 and no 503 that a client repeats for ever (RFC 7644 3.3)", async () => {
  await expect(link(rows([], []))).rejects.toMatchObject({ status: 409, scimType: "uniqueness" });
});
