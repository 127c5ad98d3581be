/** Two servers of one product: each with its own modules, so its own queues, and its own pool. What is right here is right by the database. */
import { expect, vi } from "vitest";
import { acme } from "../../prisma/seed.js";
import type { Answer, Caller, Endpoint } from "../database/endpoint.js";
import { connectSpecimen, openSpecimen } from "../postgres/specimen.js";
import type { Specimen } from "../postgres/specimen.js";

export interface Processes {
  readonly prisma: Specimen["prisma"];
  /** The endpoint that the n-th request goes to. */
  at(turn: number): Endpoint;
  /** Fails when the database had to break a deadlock since the start. */
  expectNoDeadlock(): Promise<void>;
  close(): Promise<void>;
}

export async function openProcesses(): Promise<Processes> {
  const first = await openSpecimen();
  const second = connectSpecimen(first.url);
  const endpoints: Endpoint[] = [];
  for (const { prisma } of [first, second]) {
    vi.resetModules();
    const { openEndpoint } = await import("../database/endpoint.js");
    endpoints.push(openEndpoint(prisma));
  }
  return {
    prisma: first.prisma,
    at: (turn) => endpoints[turn % 2] as Endpoint,
    async expectNoDeadlock() {
      // The counters are written when a session idles, or at the latest when it ends.
      await first.prisma.$queryRaw`SELECT pg_stat_force_next_flush()::text`;
      const [row] = await first.prisma.$queryRaw<{ deadlocks: bigint }[]>`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`;
      expect(row?.deadlocks).toBe(0n);
      expect(endpoints.flatMap(({ errors }) => errors)).toEqual([]);
    },
    async close() {
      await second.close();
      await first.close();
    },
  };
}

/** Runs them all at once, the n-th at the n-th process in turn. */
export function together<T>(processes: Processes, count: number, run: (caller: Caller, turn: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, turn) => run(processes.at(turn).acme, turn)));
}

export function statuses(answers: readonly Answer[]): Readonly<Record<number, number>> {
  const counted: Record<number, number> = {};
  for (const { status } of answers) counted[status] = (counted[status] ?? 0) + 1;
  return counted;
}

/** Members of acme to do things with. */
export async function people(prisma: Specimen["prisma"], count: number, prefix: string): Promise<readonly string[]> {
  const users = await prisma.user.createManyAndReturn({ data: Array.from({ length: count }, (_, n) => ({ email: `${prefix}${n}@acme.example`, ownerId: acme })) });
  const members = await prisma.membership.createManyAndReturn({ data: users.map(({ id }) => ({ orgId: acme, userId: id })) });
  return members.map(({ id }) => id);
}
