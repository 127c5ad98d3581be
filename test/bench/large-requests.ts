/** The requests of large.ts: `requests <small url> <large url> <users> <rounds>`, or `group <url> ours|include`, one GET of the large group. */
import { PrismaPg } from "@prisma/adapter-pg";
import { fresh, teamId, tenant, userId, userName } from "./data.js";
import { PrismaClient } from "./host/src/db/client.js";
import { baseUrl } from "./server.js";

type Handle = (request: { readonly method: string; readonly path: string; readonly query: string; header(name: string): string | undefined; body(): Promise<string>; readonly native: unknown }) => Promise<{ readonly status: number; readonly body: string | undefined }>;

/** What is used of the generated code, which is not there before `generate` has run. */
interface Generated {
  createScim(options: { readonly db: PrismaClient; readonly baseUrl: string; readonly cursorSecret: string; authenticate(): { readonly tenant: string } }): { readonly handle: Handle };
}

interface Signing {
  cursors(secret: string, seconds: number): { write(cursor: { readonly at: { readonly after: string }; readonly count: number; readonly total: number }, scope: string): Promise<string> };
}

interface Asked {
  readonly method?: string;
  /** Below the base URL. */
  readonly path: string;
  readonly query?: string;
  readonly body?: unknown;
}

const cursorSecret = "a secret of the benchmark's, long enough";

class Server {
  readonly prisma: PrismaClient;
  readonly #handle: Handle;

  constructor(url: string, { createScim }: Generated) {
    this.prisma = new PrismaClient({ adapter: new PrismaPg(url) });
    this.#handle = createScim({ db: this.prisma, baseUrl, cursorSecret, authenticate: () => ({ tenant }) }).handle;
  }

  async ask({ method = "GET", path, query = "", body }: Asked): Promise<string> {
    const { pathname } = new URL(baseUrl);
    const answer = await this.#handle({ method, path: pathname + path, query, header: (name) => (name === "content-type" ? "application/scim+json" : undefined), body: () => Promise.resolve(JSON.stringify(body)), native: undefined });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${String(answer.body).slice(0, 300)}`);
    return answer.body ?? "";
  }
}

const [, , task, ...words] = process.argv;
const generated = (await import(new URL("host/src/scim/generated/index.js", import.meta.url).href)) as Generated;
if (task === "group") await group(String(words[0]), words[1] === "ours");
else await requests(String(words[0]), String(words[1]), Number(words[2]), Number(words[3]));

async function requests(smallUrl: string, largeUrl: string, users: number, rounds: number): Promise<void> {
  const [small, large] = [new Server(smallUrl, generated), new Server(largeUrl, generated)];
  const member = (op: "add" | "remove", turn: number): unknown => ({ schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [op === "add" ? { op, path: "members", value: [{ value: userId(fresh + turn) }] } : { op, path: `members[value eq "${userId(fresh + turn)}"]` }] });
  const equal = (number: number): string => `filter=${encodeURIComponent(`userName eq "${userName(number).toUpperCase()}"`)}`;
  const far = Math.floor(users * 0.9);
  // No client walks so far in a benchmark: the cursor of that place is signed by the same secret.
  const { cursors } = (await import(new URL("host/src/scim/generated/protocol/cursor.js", import.meta.url).href)) as Signing;
  const scope = JSON.stringify([tenant, "User", null, null, null, null, null]);
  const behind = async (number: number): Promise<string> => `count=100&cursor=${await cursors(cursorSecret, 3_600).write({ at: { after: userId(number) }, count: 100, total: users }, scope)}`;
  const [start, there] = [await behind(0), await behind(far)];

  const pairs: readonly (readonly [name: string, limit: string, one: (turn: number) => Promise<unknown>, other: (turn: number) => Promise<unknown>])[] = [
    ["userName eq: all users / 1,000", "1.3", (turn) => large.ask({ path: "/Users", query: equal((turn * 7919) % users) }), (turn) => small.ask({ path: "/Users", query: equal((turn * 79) % 1_000) })],
    ["add 1 member: large group / 10", "1.2", (turn) => large.ask({ method: "PATCH", path: `/Groups/${teamId(true, 0)}`, body: member("add", turn) }), (turn) => small.ask({ method: "PATCH", path: `/Groups/${teamId(false, 0)}`, body: member("add", turn) })],
    ["remove 1 member: large group / 10", "1.2", (turn) => large.ask({ method: "PATCH", path: `/Groups/${teamId(true, 0)}`, body: member("remove", turn) }), (turn) => small.ask({ method: "PATCH", path: `/Groups/${teamId(false, 0)}`, body: member("remove", turn) })],
    ["GET group without members: large / 10", "", () => large.ask({ path: `/Groups/${teamId(true, 0)}`, query: "excludedAttributes=members" }), () => small.ask({ path: `/Groups/${teamId(false, 0)}`, query: "excludedAttributes=members" })],
    [`startIndex=${far + 1} / naive skip, both with their count`, "0.1", () => large.ask({ path: "/Users", query: `startIndex=${far + 1}&count=100` }), () => naive(large.prisma, far)],
    ["of which the total alone, count=0 / naive skip", "", () => large.ask({ path: "/Users", query: "count=0" }), () => naive(large.prisma, far)],
    ["page by cursor: there / at the start, neither counts", "1.3", () => large.ask({ path: "/Users", query: there }), () => large.ask({ path: "/Users", query: start })],
  ];
  for (const [name, limit, one, other] of pairs) await compare(name, limit, one, other, name.includes("naive") ? Math.min(rounds, 9) : rounds);
  await small.prisma.$disconnect();
  await large.prisma.$disconnect();
}

async function naive(prisma: PrismaClient, skip: number): Promise<unknown> {
  return [await prisma.user.findMany({ where: { orgId: tenant }, orderBy: { id: "asc" }, skip, take: 100 }), await prisma.user.count({ where: { orgId: tenant } })];
}

/** Turn by turn, so that a busy minute is both's. */
async function compare(name: string, limit: string, one: (turn: number) => Promise<unknown>, other: (turn: number) => Promise<unknown>, rounds: number): Promise<void> {
  const [ours, theirs]: [number[], number[]] = [[], []];
  const warm = Math.min(10, rounds);
  for (let turn = 0; turn < rounds + warm; turn++) {
    const order: readonly (readonly [(turn: number) => Promise<unknown>, number[]])[] = turn % 2 === 0 ? [[one, ours], [other, theirs]] : [[other, theirs], [one, ours]];
    for (const [run, times] of order) {
      const begun = performance.now();
      await run(turn);
      if (turn >= warm) times.push(performance.now() - begun);
    }
  }
  const ratios = ours.map((each, index) => each / (theirs[index] ?? Number.NaN));
  console.log(`${name.padEnd(56)} ${median(ours).toFixed(2).padStart(9)} ms ${median(theirs).toFixed(2).padStart(9)} ms   ratio ${(median(ours) / median(theirs)).toFixed(2)}, of pairs ${median(ratios).toFixed(2)}${limit === "" ? "" : `   (limit ${limit})`}`);
}

/** One GET of the large group, or what Prisma's own include costs for the same answer. */
async function group(url: string, isOurs: boolean): Promise<void> {
  const server = new Server(url, generated);
  await server.ask({ path: `/Groups/${teamId(false, 0)}` });
  const before = { cpu: process.cpuUsage(), rss: process.resourceUsage().maxRSS };
  const begun = performance.now();
  const body = isOurs ? await server.ask({ path: `/Groups/${teamId(true, 0)}` }) : await included(server.prisma);
  const wall = performance.now() - begun;
  const cpu = process.cpuUsage(before.cpu);
  const grown = (process.resourceUsage().maxRSS - before.rss) * 1024;
  console.log(`GET the large group, ${(isOurs ? "ours" : "Prisma's include").padEnd(17)} ${wall.toFixed(0).padStart(6)} ms ${((cpu.user + cpu.system) / 1000).toFixed(0).padStart(6)} ms CPU, memory + ${(grown / body.length).toFixed(1)} times its ${(body.length / 1e6).toFixed(1)} MB   (limit 0.6 of the CPU, 6 times)`);
  await server.prisma.$disconnect();
}

async function included(prisma: PrismaClient): Promise<string> {
  const team = await prisma.team.findUniqueOrThrow({ where: { id: teamId(true, 0), orgId: tenant }, include: { members: { include: { user: true } } } });
  return JSON.stringify({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    id: team.id,
    displayName: team.name,
    members: team.members.map(({ user }) => ({ value: user.id, $ref: `${baseUrl}/Users/${user.id}`, display: user.displayName, type: "User" })),
    meta: { resourceType: "Group", created: team.createdAt, lastModified: team.updatedAt, location: `${baseUrl}/Groups/${team.id}` },
  });
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
