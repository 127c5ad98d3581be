/** Golden `rows-of-other-tenants`: what lies behind a foreign key that the host's own code has made point into another tenant is as absent as if it pointed nowhere. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openKind } from "./host.js";
import type { KindHost } from "./host.js";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const room = "urn:example:scim:Room";
let host: KindHost<"acme" | "globex">;

beforeAll(async () => {
  host = await openKind("rows-of-other-tenants", {
    tenants: { acme: 1, globex: 2 },
    seed: `CREATE UNIQUE INDEX employee_login_lower ON "Employee" ("companyId", lower(login));
      INSERT INTO "Company" VALUES (1, 'Acme'), (2, 'Globex');
      INSERT INTO "House" VALUES (10, 1, 'North'), (20, 2, 'Secret House');
      INSERT INTO "Room" (id, "companyId", "houseId", label, note, keeper, mail, secret, kind, floor, fee, open, lit, "closedAt", "builtAt", sheet, langs) VALUES
        (10, 1, 10, 'Mine', 'own', 'Ann Own', 'own@acme.example', 'plain', 'LAB', 5, 5, false, NULL, NULL, '2020-01-01', '{"language": "de", "addresses": [{"type": "work", "locality": "Wien"}]}', '{de}'),
        (11, 1, 20, 'Other', NULL, 'Zoe Own', NULL, NULL, 'OFFICE', 7, NULL, true, true, '2021-01-01', '2021-01-01', NULL, '{}'),
        (20, 2, 20, 'Lair', 'theirs', 'Max Secret', 'max@globex.example', 'hidden', 'OFFICE', 6, 6, true, true, '2020-06-01', '2020-06-01', '{"language": "fr", "addresses": [{"type": "work", "locality": "Paris"}]}', '{fr}');
      INSERT INTO "Phone" VALUES (1, 10, '+43'), (2, 20, '+33');
      INSERT INTO "Fact" VALUES (1, 10, 'nick', 'N'), (2, 10, 'motto', 'M'), (3, 20, 'nick', 'theirs'), (4, 20, 'motto', 'theirs');
      INSERT INTO "Seat" VALUES (1, 1, 'east'), (2, 2, 'west');
      INSERT INTO "Plan" VALUES (1, 1, 'Gold'), (2, 2, 'Lead'), (3, NULL, 'Free');
      INSERT INTO "Site" VALUES (1, 1, 'Graz'), (2, 2, 'Lyon');
      INSERT INTO "Card" VALUES (1, 2, 1, 'Held'), (2, 1, 2, 'Issued');
      INSERT INTO "Country" VALUES ('AT', 'Austria');
      INSERT INTO "Employee" (id, "companyId", login, "bossId", "roomId", "seatId", "planId", "siteId", "cardId", "countryCode") VALUES
        ('max', 2, 'max', NULL, 20, 2, 2, 2, 2, 'AT'),
        ('ann', 1, 'ann', NULL, 10, 1, 1, 1, 1, 'AT'),
        ('bob', 1, 'bob', 'ann', 11, NULL, 3, NULL, NULL, NULL),
        ('eve', 1, 'eve', 'max', 20, NULL, 2, 2, 2, NULL),
        ('ivy', 1, 'ivy', 'eve', 20, NULL, 2, 2, 2, NULL),
        ('kim', 1, 'kim', 'bob', 11, NULL, NULL, NULL, NULL, NULL);
      INSERT INTO "Stay" VALUES ('s1', 'ann', 10, 'a'), ('s2', 'eve', 20, 'e'), ('s3', 'max', 20, 'm');
      INSERT INTO "Visit" ("employeeId", "roomId", url) VALUES ('ann', 10, 'https://a'), ('eve', 20, 'https://e')`,
    options: { rules: { plain: { read: (stored: string) => stored } } },
  });
});
afterAll(() => host.close());

const there = {
  displayName: "plain",
  name: { formatted: "Ann Own", givenName: "Ann", familyName: "Own" },
  nickName: "N",
  title: "Mine",
  userType: "LAB",
  preferredLanguage: "de",
  locale: "Gold",
  timezone: "east",
  emails: [{ value: "own@acme.example", type: "work", primary: true }],
  phoneNumbers: [{ value: "+43" }],
  ims: [{ value: "a", display: "Mine" }],
  photos: [{ value: "https://a", display: "Mine" }, { value: "+43" }],
  addresses: [{ type: "work", locality: "Wien" }],
  entitlements: [{ value: "de" }],
  [enterprise]: { costCenter: "Austria", organization: "Acme", division: "Held", department: "Graz" },
  [room]: { builtAt: "2020-01-01T00:00:00.000Z", fee: 5, floor: 5, motto: ["M"], note: "own", office: false, open: false, shut: true, usable: true },
};

describe("what a foreign key leads to in another tenant", () => {
  test("stands in no answer, of whatever kind the attribute is", async () => {
    const { acme, globex } = host.tenants;
    expect((await acme.request("GET", "/Users/ann")).body).toMatchObject(there);
    const { schemas, id, meta, ...shown } = (await acme.request("GET", "/Users/eve")).body;
    expect({ schemas, id, meta }).toMatchObject({ id: "eve" });
    expect(shown).toEqual({ userName: "eve", ims: [{ value: "e" }], photos: [{ value: "https://e" }], [enterprise]: { organization: "Acme" } });
    const listed = await acme.request("GET", "/Users");
    for (const theirs of ["Lair", "theirs", "Secret", "hidden", "globex", "Paris", "+33", "Lead", "Lyon", "Issued", "\"fr\"", "max"]) expect(listed.text, theirs).not.toContain(theirs);
    // The one whose it is sees it all.
    expect((await globex.request("GET", "/Users/max")).body).toMatchObject({ title: "Lair", locale: "Lead", nickName: "theirs", [enterprise]: { division: "Issued", department: "Lyon" } });
  });

  test("is not shown at the end of several relations, whichever of them leaves the tenant", async () => {
    const boss = async (id: string): Promise<unknown> => (await host.tenants.acme.request("GET", `/Users/${id}?attributes=profileUrl`)).body["profileUrl"];
    // ann, then max, eve and her room, and bob whose house is not his company's.
    expect([await boss("bob"), await boss("eve"), await boss("ivy"), await boss("kim")]).toEqual(["North", undefined, undefined, undefined]);
    expect(await host.tenants.acme.find("/Users", "profileUrl pr")).toEqual(["bob"]);
    expect(await host.tenants.acme.find("/Users", `not (profileUrl eq "Secret House")`)).toHaveLength(5);
  });

  test("of a row of everybody's is shown, and of one that another tenant has for itself not", async () => {
    expect(await host.tenants.acme.find("/Users", `locale eq "free"`)).toEqual(["bob"]);
    expect(await host.tenants.acme.find("/Users", `not (locale pr)`)).toEqual(["eve", "ivy", "kim"]);
  });

  test.each([
    [`title eq "Lair"`, []],
    [`title sw "l"`, []],
    [`title ne "Mine"`, ["bob", "eve", "ivy", "kim"]],
    [`title ne "Lair"`, ["ann", "bob", "eve", "ivy", "kim"]],
    [`not (title co "ai")`, ["ann", "bob", "eve", "ivy", "kim"]],
    [`title pr`, ["ann", "bob", "kim"]],
    [`not (title pr)`, ["eve", "ivy"]],
    [`name.formatted co "Secret"`, []],
    [`not (name.familyName pr)`, ["eve", "ivy"]],
    [`nickName eq "theirs"`, []],
    [`not (nickName pr)`, ["bob", "eve", "ivy", "kim"]],
    [`userType eq "OFFICE"`, ["bob", "kim"]],
    [`not (userType pr)`, ["eve", "ivy"]],
    [`preferredLanguage pr`, ["ann"]],
    [`preferredLanguage ne "de"`, "invalidFilter"],
    [`not (preferredLanguage co "f")`, ["ann", "bob", "eve", "ivy", "kim"]],
    [`emails.value co "globex"`, []],
    [`not (emails pr)`, ["bob", "eve", "ivy", "kim"]],
    [`phoneNumbers.value eq "+33"`, []],
    [`not (phoneNumbers pr)`, ["bob", "eve", "ivy", "kim"]],
    [`ims[display eq "Lair"]`, []],
    [`ims[value eq "e" and not (display pr)]`, ["eve"]],
    [`photos[display eq "Lair"]`, []],
    [`photos.value eq "+33"`, []],
    [`addresses pr`, ["ann"]],
    [`entitlements.value eq "fr"`, []],
    [`not (entitlements pr)`, ["bob", "eve", "ivy", "kim"]],
    [`${enterprise}:division eq "Issued"`, []],
    [`${enterprise}:division pr`, ["ann"]],
    [`${enterprise}:department eq "Lyon"`, []],
    [`not (${enterprise}:department pr)`, ["bob", "eve", "ivy", "kim"]],
    [`${room}:floor ge 6`, ["bob", "kim"]],
    [`not (${room}:floor lt 6)`, ["bob", "eve", "ivy", "kim"]],
    [`${room}:fee eq 6`, []],
    [`not (${room}:fee pr)`, ["bob", "eve", "ivy", "kim"]],
    [`${room}:open eq true`, ["bob", "kim"]],
    [`${room}:open ne true`, ["ann", "eve", "ivy"]],
    [`${room}:shut eq false`, ["bob", "kim"]],
    [`not (${room}:shut pr)`, ["eve", "ivy"]],
    [`${room}:lit pr`, ["bob", "kim"]],
    [`${room}:usable eq false`, ["bob", "kim"]],
    [`not (${room}:usable pr)`, ["eve", "ivy"]],
    [`${room}:office eq false`, ["ann"]],
    [`not (${room}:office pr)`, ["eve", "ivy"]],
    [`${room}:builtAt gt "2020-03-01T00:00:00Z"`, ["bob", "kim"]],
    [`${room}:motto eq "theirs"`, []],
    [`${room}:note pr`, ["ann"]],
  ])("is found by no filter, and counts as absent: %s", async (filter, names) => {
    const found = await host.tenants.acme.find("/Users", filter);
    expect(typeof found === "string" ? found : [...found].sort()).toEqual(names);
  });

  test.each([
    ["title", "ann bob kim"],
    [`${enterprise}:department`, "ann"],
    ["emails", "ann bob kim"],
    ["locale", "bob ann"],
    [`${room}:floor`, "ann bob kim"],
    [`${room}:usable`, "bob kim ann"],
    ["userType", "bob kim ann"],
    ["name.formatted", "ann bob kim"],
    [`${enterprise}:manager`, "bob kim ivy"],
  ])("places its row nowhere among the others when they are sorted by %s, but where missing values stand (RFC 7644 3.4.2.3)", async (sortBy, sorted) => {
    const { acme } = host.tenants;
    const names = async (more: string): Promise<readonly unknown[]> => {
      const { text, body } = await acme.request("GET", `/Users?attributes=userName&sortBy=${sortBy}${more}`);
      expect(body["totalResults"], text).toBe(5);
      return (body["Resources"] as readonly { readonly userName: string }[]).map(({ userName }) => userName);
    };
    const [up, down] = [await names(""), await names("&sortOrder=descending")];
    const present = sorted.split(" ");
    const absent = ["ann", "bob", "eve", "ivy", "kim"].filter((name) => !present.includes(name));
    expect(up).toEqual([...present, ...absent]);
    expect(down.slice(0, absent.length)).toEqual(absent);
    expect(down.slice(absent.length)).toHaveLength(present.length);
    for (const [all, order] of [[up, ""], [down, "&sortOrder=descending"]] as const) {
      const pages = [];
      for (let start = 1; start <= 6; start += 1) pages.push(...(await names(`${order}&count=1&startIndex=${String(start)}`)));
      expect(pages).toEqual(all);
      expect([...(await names(`${order}&count=2&startIndex=1`)), ...(await names(`${order}&count=2&startIndex=3`)), ...(await names(`${order}&count=2&startIndex=5`))]).toEqual(all);
    }
  });

  test("tells nothing of itself through a resource type of the host's own, whose tenant stands behind a relation", async () => {
    const { acme } = host.tenants;
    const { Resources } = (await acme.request("GET", "/Stays")).body as { readonly Resources: readonly object[] };
    expect(Resources).toMatchObject([{ code: "a", room: "Mine", guest: "ann", desk: "Mine" }, { code: "e", guest: "eve" }]);
    expect(Object.keys(Resources[1] ?? {})).not.toEqual(expect.arrayContaining(["room"]));
    expect(await acme.find("/Stays", `room eq "Lair" or desk eq "Lair"`, "code")).toEqual([]);
    expect(await acme.find("/Stays", `not (room pr) and not (desk pr)`, "code")).toEqual(["e"]);
    expect(host.errors).toEqual([]);
  });
});
