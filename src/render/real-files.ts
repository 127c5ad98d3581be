/** The protocol: real TypeScript, copied as it stands. */
import { readFile, readdir } from "node:fs/promises";

const folder = new URL("../../templates/generated/protocol/", import.meta.url);

export async function protocolFiles(): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".ts")).sort();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")));
  return new Map(names.map((name, index) => [`protocol/${name}`, texts[index] ?? ""]));
}
