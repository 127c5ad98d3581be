/** Gives the files the host's own style. Templates come out formatted, so this is work only for a host with prettier settings of its own. */
import type { Dialect, FileSet, PrettierSettings } from "../read/host.js";

/** `reused`: the text on disk of a file that would only be formatted to what it is already. */
export async function format(files: FileSet, { prettier }: Dialect, reused: (path: string, text: string) => string | undefined): Promise<FileSet> {
  if (prettier === undefined) return files;
  const formatted = new Map<string, string>();
  for (const [path, text] of files) formatted.set(path, reused(path, text) ?? (await formatText(path, text, prettier)));
  return formatted;
}

/** Whether two texts are equal once prettier has been over both, in the host's style or in prettier's own. */
export async function sameFormatted(path: string, a: string, b: string, { prettier }: Dialect): Promise<boolean> {
  if (!/\.(?:ts|md)$/.test(path)) return false;
  const settings = prettier ?? { ts: {}, md: {} };
  try {
    return (await formatText(path, a, settings)) === (await formatText(path, b, settings));
  } catch {
    return false; // What cannot be parsed was not written by us.
  }
}

async function formatText(path: string, text: string, { ts, md }: PrettierSettings): Promise<string> {
  const prettier = await import("prettier");
  // Line endings are settled where files are written.
  return prettier.format(text, { ...(path.endsWith(".md") ? md : ts), filepath: path, endOfLine: "lf" });
}
