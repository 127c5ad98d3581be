/** A program at a real pseudo-terminal, with hands that answer what it asks. */
import { spawn, spawnSync } from "node:child_process";

/** Python has a pseudo-terminal in its own library, on every system that has one. */
const driver = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";
export const hasTerminal = spawnSync("python3", ["-c", "import os, pty; os.waitstatus_to_exitcode"]).status === 0;

export const keys = { enter: "\r", down: "\x1b[B", stop: "\x03" } as const;

export interface Step {
  /** What stands on the screen before anything is typed. */
  readonly seen: string;
  readonly type: string;
}

export interface Session {
  readonly exit: number | null;
  /** All that was printed, control sequences included. */
  readonly raw: string;
  /** Without them. */
  readonly screen: string;
}

export function atTerminal(command: readonly string[], steps: readonly Step[], env: Readonly<Record<string, string>>): Promise<Session> {
  return new Promise((resolve, reject) => {
    // A new pseudo-terminal has no size, and nothing can be drawn in it.
    const sized = ["sh", "-c", 'stty cols 140 rows 50; exec "$@"', "sh", ...command];
    const child = spawn("python3", ["-c", driver, ...sized], { env: { ...process.env, TERM: "xterm", ...env } });
    let raw = "";
    let from = 0;
    const left = [...steps];
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`Nobody asked for ${left[0]?.seen ?? "an end"}:\n${plain(raw)}`));
    }, 30_000);
    const look = (chunk: Buffer): void => {
      raw += chunk.toString("utf8");
      const [next] = left;
      const at = next === undefined ? -1 : plain(raw).indexOf(next.seen, from);
      if (next === undefined || at < 0) return;
      left.shift();
      from = at + next.seen.length;
      child.stdin.write(next.type);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.on("error", reject);
    child.on("close", (exit) => {
      clearTimeout(timer);
      resolve({ exit, raw, screen: plain(raw) });
    });
  });
}

const plain = (text: string): string => text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "").replaceAll("\r\n", "\n");
