/** "Did you mean": the name nearest to what was typed. */

/** Undefined when nothing is near enough to be worth saying. */
export function closest(typed: string, names: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(typed.length / 3));
  let best: { readonly name: string; readonly distance: number; readonly shared: number } | undefined;
  for (const name of names) {
    // Letter case is the likeliest slip of all, so it costs nothing.
    const distance = levenshtein(typed.toLowerCase(), name.toLowerCase());
    // Of two that are as near, the one that begins alike.
    const shared = sharedStart(typed.toLowerCase(), name.toLowerCase());
    if (distance <= limit && (best === undefined || distance < best.distance || (distance === best.distance && shared > best.shared))) best = { name, distance, shared };
  }
  return best?.name;
}

function sharedStart(a: string, b: string): number {
  const differs = [...a].findIndex((letter, index) => letter !== b[index]);
  return differs < 0 ? a.length : differs;
}

/** How many letters to add, drop, replace or swap with their neighbour. */
function levenshtein(a: string, b: string): number {
  let before: readonly number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwap ? (before[column - 2] ?? 0) + 1 : replaced;
      current.push(Math.min(replaced, swapped, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    before = above;
    above = current;
  }
  return above.at(-1) ?? 0;
}
