import postgres from "postgres"
import { isOver, type Outcome, type RunningScript } from "../support/scripts.ts"
import { serverUrl } from "../support/server-databases.ts"

/** When to strike a command: after a share of its time, counted from its start, first session or first write. */
export interface Moment {
  readonly since: "start" | "first session" | "first write"
  /** 0 to 1. */
  readonly share: number
}

/** How long a command takes when nobody disturbs it, in milliseconds. */
export interface Duration {
  readonly whole: number
  /** From its first session to its end. */
  readonly connected: number
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

  /** Whether there are any. */
  async areOpen(): Promise<boolean> {
    const open = await this.#admin`
      select from pg_stat_activity where datname = ${this.#database}`
    return open.length > 0
  }

  /** Makes the server end all of them, as an administrator or a restart does. */
  async terminate(): Promise<void> {
    await this.#admin`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = ${this.#database}`
  }

  /** Waits until the server is done with all of them. */
  async end(): Promise<void> {
    while (await this.areOpen()) await Bun.sleep(5)
    await this.#admin.end()
  }
}

/** Waits until a command has a session, or ends without. */
const firstSession = async (script: RunningScript, sessions: Sessions): Promise<void> => {
  while (!(await sessions.areOpen()) && !(await isOver(script)));
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
  await firstSession(script, sessions)
  const connected = performance.now()
  await firstWrite(script, sessions)
  const wrote = performance.now()
  await script.outcome
  const ended = performance.now()
  await sessions.end()
  return { whole: ended - started, connected: ended - connected, writing: ended - wrote }
}

const begun = {
  start: async () => {},
  "first session": firstSession,
  "first write": firstWrite,
} as const

const lasting = { start: "whole", "first session": "connected", "first write": "writing" } as const

/** Strikes a command at a moment; returns whether it was writing then, and its outcome. */
export const strikeAt = async (
  { since, share }: Moment,
  duration: Duration,
  start: () => RunningScript,
  sessions: Sessions,
  hit: (script: RunningScript, sessions: Sessions) => Promise<unknown>,
): Promise<{ readonly isWriting: boolean; readonly outcome: Outcome }> => {
  const script = start()
  await begun[since](script, sessions)
  await Bun.sleep(share * duration[lasting[since]])
  const isWriting = await sessions.areWriting()
  await hit(script, sessions)
  const outcome = await script.outcome
  await sessions.end()
  return { isWriting, outcome }
}
