import { expect } from "bun:test"
import { type Relay, startRelay } from "../support/relay.ts"
import type { Outcome } from "../support/scripts.ts"
import { serverUrl } from "../support/server-databases.ts"
import type { Strike } from "./convergence.ts"

/** How connections are lost. */
export const ways = ["ended by the server", "reset by a crash"] as const

// Milliseconds; a second or two on a machine that has nothing else to do.
const limit = 10_000

/** Expects a command whose connection was lost to have said so, unless it was done. */
export const failsOrIsDone = ({ exitCode, stderr }: Outcome): void => {
  expect([0, 1]).toContain(exitCode)
  if (exitCode === 1)
    expect(stderr).toMatch(
      /was lost: .* run the command again|cannot be reached: |refused the conn/,
    )
}

/** Takes connections away from commands, and the time in which these end. */
export class Losses {
  readonly #relay: Relay
  #slowest = 0

  private constructor(relay: Relay) {
    this.#relay = relay
  }

  static async start(): Promise<Losses> {
    return new Losses(await startRelay(serverUrl ?? ""))
  }

  /** How long after its connection a command ended at the latest, in milliseconds. */
  get slowest(): number {
    return Math.round(this.#slowest)
  }

  stop(): void {
    this.#relay.close()
  }

  /** A loss of all connections of a command; fails if it does not end soon. */
  in(way: (typeof ways)[number]): Pick<Strike, "addressOf" | "hit"> {
    return way === "ended by the server"
      ? { addressOf: (url) => url, hit: this.#timed((_, sessions) => sessions.terminate()) }
      : {
          addressOf: (url) => this.#relay.through(url),
          hit: this.#timed(async () => this.#relay.reset()),
        }
  }

  #timed(lose: Strike["hit"]): Strike["hit"] {
    return async (script, sessions) => {
      await lose(script, sessions)
      const lost = performance.now()
      const ended = await Promise.race([script.outcome, Bun.sleep(limit)])
      this.#slowest = Math.max(this.#slowest, performance.now() - lost)
      if (ended === undefined) script.signal("SIGKILL")
      expect(ended).toBeDefined()
    }
  }
}
