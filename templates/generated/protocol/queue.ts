/**
 * One writer a resource at a time inside this process. The row lock in the database is what makes parallel writes right; this
 * keeps a hot group from filling the connection pool with writers that wait for that lock, so that other requests get through.
 */
const tails = new Map<string, Promise<unknown>>();

export async function inTurn<T>(key: string, run: () => Promise<T>): Promise<T> {
  const before = tails.get(key) ?? Promise.resolve();
  const turn = before.then(run, run);
  const tail = turn.catch(() => undefined);
  tails.set(key, tail);
  try {
    return await turn;
  } finally {
    if (tails.get(key) === tail) tails.delete(key);
  }
}
