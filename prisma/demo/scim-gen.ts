/** The command as a user runs it: the built one, in a process of its own. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../bin/scim-gen.js", import.meta.url));

export function scimGen(...args: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [command, ...args], (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else reject(new Error(`scim-gen ${args[0] ?? ""} failed:\n${stdout}${stderr}`));
    });
  });
}
