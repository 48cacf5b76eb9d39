import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { cases, isLongRun, patience, tell } from "../support/long-run.ts"
import { type Relay, startRelay } from "../support/relay.ts"
import type { Outcome } from "../support/scripts.ts"
import { dropDatabase, serverUrl, withCopy } from "../support/server-databases.ts"
import { withSql } from "../support/sessions.ts"
import { converges, type Strike } from "./convergence.ts"
import { type Input, prepareInput } from "./input.ts"
import { createInUse } from "./states.ts"
import { maintainers, migrate, writerOf } from "./writers.ts"

// Milliseconds; a second or two on a machine that has nothing else to do.
const limit = 10_000

const failsOrIsDone = ({ exitCode, stderr }: Outcome) => {
  expect([0, 1]).toContain(exitCode)
  if (exitCode === 1)
    expect(stderr).toMatch(
      /was lost: .* run the command again|cannot be reached: |refused the conn/,
    )
}

describe.if(serverUrl !== undefined)("a lost connection", () => {
  let input: Input
  let inUse = ""
  let relay: Relay
  let slowest = 0
  beforeAll(async () => {
    input = await prepareInput()
    inUse = await createInUse()
    relay = await startRelay(serverUrl ?? "")
  }, patience)
  afterAll(async () => {
    relay.close()
    await input.remove()
    await dropDatabase(inUse)
    tell(`a command ended ${Math.round(slowest)} ms after its connection at the latest`)
  }, patience)

  /** Takes the time from the loss to the command's end; fails if it does not end. */
  const timed =
    (lose: Strike["hit"]): Strike["hit"] =>
    async (script, sessions) => {
      await lose(script, sessions)
      const lost = performance.now()
      const ended = await Promise.race([script.outcome, Bun.sleep(limit)])
      slowest = Math.max(slowest, performance.now() - lost)
      if (ended === undefined) script.signal("SIGKILL")
      expect(ended).toBeDefined()
    }

  const ways: Readonly<Record<string, Pick<Strike, "addressOf" | "hit">>> = {
    "ended by the server": {
      addressOf: (url) => url,
      hit: timed((_, sessions) => sessions.terminate()),
    },
    "reset by a crash": {
      addressOf: (url) => relay.through(url),
      hit: timed(async () => relay.reset()),
    },
  }

  // The others take the same way through the driver, and much time.
  const each = isLongRun ? [migrate, ...maintainers] : [writerOf("reparse-battle-reports")]
  for (const writer of each)
    for (const [way, strike] of Object.entries(ways))
      test(
        `${writer.command} ends at once when its connection is ${way}, and writes nothing by halves`,
        () =>
          withCopy(inUse, async (original) => {
            await withSql(original, (sql) => sql.unsafe(writer.before))
            const told = await converges(writer, original, input, {
              ...strike,
              expectAfter: failsOrIsDone,
              times: cases(1, 50),
            })
            tell(`${way}: ${told}`)
          }),
        patience,
      )
})
