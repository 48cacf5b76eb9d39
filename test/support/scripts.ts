import { resolve } from "node:path"

const scripts = resolve(import.meta.dir, "../../scripts")

// What the surrounding run was started with must not leak into the commands under test.
const cleared = [
  "DATABASE_URL",
  "CI",
  "GITHUB_ACTIONS",
  "GITHUB_STEP_SUMMARY",
  "RAILWAY_PROJECT_ID",
]

/** What a command printed and how it ended. */
export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command as a person would, in a process of its own. */
export const runScript = async (
  command: string,
  flags: ReadonlyArray<string>,
  environment: Readonly<Record<string, string>> = {},
  input = "",
): Promise<Outcome> => {
  const inherited = Object.entries(process.env).filter(([name]) => !cleared.includes(name))
  const child = Bun.spawn([process.execPath, resolve(scripts, `${command}.ts`), ...flags], {
    env: { ...Object.fromEntries(inherited), ...environment },
    stdin: new TextEncoder().encode(input),
    stdout: "pipe",
    stderr: "pipe",
  })
  const [stdout, stderr, exitCode] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  return { exitCode, stdout, stderr }
}
