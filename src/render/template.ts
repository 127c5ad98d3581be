/** Our Handlebars: no logic beyond `each` and `if`, and a name that a view lacks is an error. */
import { readFile } from "node:fs/promises";

const folder = new URL("../../templates/", import.meta.url);

export async function template(name: string, view: object, below = "generated/"): Promise<string> {
  const { default: handlebars } = await import("handlebars");
  const source = await readFile(new URL(below + name, folder), "utf8");
  const render = handlebars.compile<object>(source, { noEscape: true, strict: true, knownHelpersOnly: true, knownHelpers: { each: true, if: true } });
  return render(view);
}
