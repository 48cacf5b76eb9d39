import { resolve } from "node:path"
import { holdsPassword } from "./secrets.ts"

const scripts = resolve(import.meta.dir, "../../scripts")

// What the surrounding run was started with must not leak into the commands under test.
const cleared = [
  "DATABASE_URL",
  "TOWERSTATS_DIRECT_URL",
  "PGHOST",
  "PGPORT",
  "PGUSER",
  "PGPASSWORD",
  "PGPASSFILE",
  "PGDATABASE",
  "PGSSLMODE",
  "CI",
  "GITHUB_ACTIONS",
  "GITHUB_STEP_SUMMARY",
  "RAILWAY_PROJECT_ID",
  "TOWERSTATS_DATABASE_FOLDER",
  "TOWERSTATS_WIKI_OFFLINE",
  "TOWERSTATS_WIKI_REBUILD_TIMEOUT_SECONDS",
]

/** What a command printed and how it ended. */
export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** The environment of a command under test. */
export const environmentWith = (
  environment: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> => {
  const inherited = Object.entries(process.env).filter(([name]) => !cleared.includes(name))
  return { ...Object.fromEntries(inherited), ...environment }
}

// How far long work has come is said only on a machine that is slow, or busy with other tests.
const withoutProgress = (stderr: string): string =>
  stderr.replace(
    /^(?:Adopting|Reading|Checking|Importing|Syncing) (?:pages|reports|files|players) .*\n/gm,
    "",
  )

/** What a command printed, in which its database's password must not be. */
export const outcomeOf = (
  { exitCode, stdout, stderr }: Outcome,
  { DATABASE_URL = "" }: Readonly<Record<string, string>>,
): Outcome => {
  if (holdsPassword(stdout + stderr, DATABASE_URL))
    throw new Error("A command printed the password of its DATABASE_URL.")
  return { exitCode, stdout, stderr: withoutProgress(stderr) }
}

/** A script under way in a process of its own. */
export interface RunningScript {
  readonly processId: number
  readonly signal: (name: NodeJS.Signals) => void
  /** Waits until standard error has this text; fails if the script ends without. */
  readonly says: (text: string) => Promise<void>
  readonly outcome: Promise<Outcome>
}

/** Whether a script has ended, a moment from now. */
export const isOver = ({ outcome }: Pick<RunningScript, "outcome">): Promise<boolean> =>
  Promise.race([outcome.then(() => true), Bun.sleep(1).then(() => false)])

/** Starts a script, by its path, as a person would. It must never print its database's password. */
export const startScript = (
  path: string,
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = "",
): RunningScript => {
  const child = Bun.spawn([process.execPath, path, ...flags], {
    env: environmentWith(environment),
    stdin: new TextEncoder().encode(input),
    stdout: "pipe",
    stderr: "pipe",
  })
  let stderr = ""
  const readErrors = async () => {
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) stderr += text
  }
  const outcome = Promise.all([new Response(child.stdout).text(), child.exited, readErrors()]).then(
    ([stdout, exitCode]) => outcomeOf({ exitCode, stdout, stderr }, environment),
  )
  const says = async (text: string) => {
    while (!stderr.includes(text) && !(await isOver({ outcome })));
    if (!stderr.includes(text)) throw new Error(`The script ended without saying "${text}".`)
  }
  return { processId: child.pid, signal: (name) => child.kill(name), says, outcome }
}

/** Starts a command as a person would, in a process of its own. */
export const startCommand = (
  command: string,
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = "",
): RunningScript => startScript(resolve(scripts, `${command}.ts`), flags, environment, input)

/** The same, to its end. */
export const runScript = (...call: Parameters<typeof startCommand>): Promise<Outcome> =>
  startCommand(...call).outcome
