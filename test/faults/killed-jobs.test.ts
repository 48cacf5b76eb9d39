import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { childrenOf, tellsChildren } from "../support/child-processes.ts"
import { migrateAll, runOn } from "../support/databases.ts"
import { cases, patience, tell } from "../support/long-run.ts"
import { type RunningScript, startCommand } from "../support/scripts.ts"
import { createDatabase, dropDatabase, serverUrl, withCopy } from "../support/server-databases.ts"
import { storeUnread } from "../support/unread-reports.ts"
import { moment } from "./convergence.ts"
import { stateOf } from "./states.ts"
import { type Duration, type Moment, Sessions, strikeAt, timeUndisturbed } from "./strike.ts"

const start = (url: string) =>
  startCommand("reparse-battle-reports", ["--write", "--jobs", "2"], { DATABASE_URL: url })

/** The lines of a state by the report they are about, each report by its checksum. */
const byReport = (state: string): ReadonlyMap<string, string> => {
  const lines = Map.groupBy(state.split("\n"), (line) => /\b[0-9a-f]{64}\b/.exec(line)?.[0] ?? "")
  return new Map([...lines].map(([report, about]) => [report, about.join("\n")]))
}

/** How many reports are read in a state; fails if one is read by half. */
const readIn = (state: string, before: string, after: string): number => {
  const [lines, unread, read] = [byReport(state), byReport(before), byReport(after)]
  expect([...lines.keys()]).toEqual([...unread.keys()])
  const changed = [...lines].filter(([report, about]) => about !== unread.get(report))
  for (const [report, about] of changed) expect(about).toBe(read.get(report) ?? "")
  return changed.filter(([report]) => report !== "").length
}

const victims: Readonly<Record<string, (script: RunningScript) => Promise<void>>> = {
  "the process that started the others": async (script) => script.signal("SIGKILL"),
  "one of the processes that read": async ({ processId }) => {
    const [child] = childrenOf(processId)
    if (child !== undefined) process.kill(child, "SIGKILL")
  },
}

describe.if(serverUrl !== undefined && tellsChildren)("a killed reparse in two processes", () => {
  let original = ""
  let duration: Duration
  let before = ""
  let after = ""
  beforeAll(async () => {
    original = await createDatabase()
    await runOn(original)(Effect.andThen(migrateAll, storeUnread(12, cases(1_000, 4_000))))
    before = await stateOf(original)
    await withCopy(original, async (url) => {
      duration = await timeUndisturbed(() => start(url), new Sessions(url))
      after = await stateOf(url)
    })
  }, patience)
  afterAll(() => dropDatabase(original), patience)

  for (const [victim, hit] of Object.entries(victims))
    test(
      `no report is read by half when ${victim} is killed, none goes on, and a second run completes it`,
      async () => {
        const counts = { strikes: 0, whileWriting: 0, some: 0 }
        const strike = (when: Moment) =>
          withCopy(original, async (url) => {
            const struck = await strikeAt(when, duration, () => start(url), new Sessions(url), hit)
            const left = await stateOf(url)
            const done = readIn(left, before, after)
            expect((await start(url).outcome).exitCode).toBe(0)
            expect(await stateOf(url)).toBe(after)
            counts.strikes += 1
            counts.whileWriting += struck.isWriting ? 1 : 0
            counts.some += done > 0 && left !== after ? 1 : 0
          })
        await fc.assert(fc.asyncProperty(moment, strike), {
          numRuns: cases(1, 40),
          endOnFailure: true,
        })
        tell(
          `--jobs 2, ${victim}: killed ${counts.strikes} times, ${counts.whileWriting} while it wrote; ${counts.some} times a part was done`,
        )
      },
      patience,
    )
})
