import postgres from "postgres"
import { isOver, type Outcome, type RunningScript } from "../support/scripts.ts"
import { serverUrl } from "../support/server-databases.ts"

/** When to strike a command: after a share of its time, counted from its start or first write. */
export interface Moment {
  readonly since: "start" | "first write"
  /** 0 to 1. */
  readonly share: number
}

/** How long a command takes when nobody disturbs it, in milliseconds. */
export interface Duration {
  readonly whole: number
  /** From its first write to its end. */
  readonly writing: number
}

/** The sessions that work in a database. */
export class Sessions {
  readonly #admin = postgres(serverUrl ?? "", { max: 1, onnotice: () => {} })
  readonly #database: string

  constructor(url: string) {
    this.#database = new URL(url).pathname.slice(1)
  }

  /** Whether one of them has written something that it has not committed yet. */
  async areWriting(): Promise<boolean> {
    const writing = await this.#admin`
      select from pg_stat_activity where datname = ${this.#database} and backend_xid is not null`
    return writing.length > 0
  }

  /** Makes the server end all of them, as an administrator or a restart does. */
  async terminate(): Promise<void> {
    await this.#admin`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = ${this.#database}`
  }

  /** Waits until the server is done with all of them. */
  async end(): Promise<void> {
    const open = () => this.#admin`select from pg_stat_activity where datname = ${this.#database}`
    while ((await open()).length > 0) await Bun.sleep(5)
    await this.#admin.end()
  }
}

/** Waits until a command writes, or ends without. */
const firstWrite = async (script: RunningScript, sessions: Sessions): Promise<void> => {
  while (!(await sessions.areWriting()) && !(await isOver(script)));
}

/** Lets a command run to its end, and takes the time. */
export const timeUndisturbed = async (
  start: () => RunningScript,
  sessions: Sessions,
): Promise<Duration> => {
  const started = performance.now()
  const script = start()
  await firstWrite(script, sessions)
  const wrote = performance.now()
  await script.outcome
  const ended = performance.now()
  await sessions.end()
  return { whole: ended - started, writing: ended - wrote }
}

/** Strikes a command at a moment; returns whether it was writing then, and its outcome. */
export const strikeAt = async (
  { since, share }: Moment,
  { whole, writing }: Duration,
  start: () => RunningScript,
  sessions: Sessions,
  hit: (script: RunningScript, sessions: Sessions) => Promise<unknown>,
): Promise<{ readonly isWriting: boolean; readonly outcome: Outcome }> => {
  const script = start()
  if (since === "first write") await firstWrite(script, sessions)
  await Bun.sleep(share * (since === "start" ? whole : writing))
  const isWriting = await sessions.areWriting()
  await hit(script, sessions)
  const outcome = await script.outcome
  await sessions.end()
  return { isWriting, outcome }
}
