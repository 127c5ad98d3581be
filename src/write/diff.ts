/** The text of a unified diff. */
import type { Change } from "./plan.js";
import { toLf } from "./manifest.js";

/** What a change would do to the file on disk; `path` as the user knows it. */
export async function diff(path: string, { before = "", after = "" }: Change): Promise<string> {
  const { createTwoFilesPatch } = await import("diff");
  const patch = createTwoFilesPatch(before === "" ? "/dev/null" : `a/${path}`, after === "" ? "/dev/null" : `b/${path}`, toLf(before), toLf(after), "", "", { context: 3 });
  return patch.replace(/^=+\n/, "").replace(/\t$/gm, "").trimEnd();
}
