import { expect } from "bun:test"
import * as fc from "fast-check"
import type { Outcome, RunningScript } from "../support/scripts.ts"
import { withCopy } from "../support/server-databases.ts"
import { withSql } from "../support/sessions.ts"
import { startOn } from "./attempts.ts"
import type { Input } from "./input.ts"
import { importStates, migrationStates, reparseStates, stateOf, transactionsIn } from "./states.ts"
import { type Moment, Sessions, strikeAt, timeUndisturbed } from "./strike.ts"
import { importerInBatches, migrate, type Writer } from "./writers.ts"

/** When to strike: mostly while the command writes, which is when it could leave something half done. */
export const moment: fc.Arbitrary<Moment> = fc.record({
  since: fc.constantFrom("start", "first write", "first write"),
  share: fc.noBias(fc.integer({ min: 0, max: 100 })).map((percent) => percent / 100),
})

/** What is done to a command, and what must follow. */
export interface Strike {
  /** The address at which the command works on a database. */
  readonly addressOf: (url: string) => string
  readonly hit: (script: RunningScript, sessions: Sessions) => Promise<unknown>
  readonly expectAfter: (outcome: Outcome) => void
  readonly times: number
}

/**
 * The time that a command takes, the state in which it leaves a database, and how many
 * transactions it takes, apart from those that only delete.
 */
const undisturbed = (writer: Writer, original: string, input: Input) =>
  withCopy(original, async (url) => {
    const earlier = await withSql(url, transactionsIn)
    const duration = await timeUndisturbed(() => startOn({ url }, writer, input), new Sessions(url))
    const transactions = (await withSql(url, transactionsIn)).difference(earlier).size
    return { duration, after: await stateOf(url), transactions }
  })

/**
 * Strikes a command at random moments. Each time either all of a transaction has happened or nothing,
 * and a second run ends in the same state as an undisturbed one. Returns the figures as a sentence.
 */
export const converges = async (
  writer: Writer,
  original: string,
  input: Input,
  { addressOf, hit, expectAfter, times }: Strike,
): Promise<string> => {
  const { duration, after, transactions } = await undisturbed(writer, original, input)
  const before = await stateOf(original)
  const states =
    writer === migrate
      ? await migrationStates()
      : writer.command === "reparse-battle-reports"
        ? await reparseStates(original)
        : writer === importerInBatches
          ? await importStates(original, input)
          : [before, after]
  // A single strike may miss the moment between two transactions of a command.
  expect(transactions).toBe(states.length - 1)
  expect([states[0], states.at(-1)]).toEqual([before, after])
  expect(after === before).toBe(false)
  const counts = { strikes: 0, whileWriting: 0, undone: 0, done: 0 }
  const strike = (when: Moment) =>
    withCopy(original, async (url) => {
      const { isWriting, outcome } = await strikeAt(
        when,
        duration,
        () => startOn({ url: addressOf(url) }, writer, input),
        new Sessions(url),
        hit,
      )
      expectAfter(outcome)
      const left = await stateOf(url)
      expect(states.includes(left)).toBe(true)
      const rerun = await startOn({ url }, writer, input).outcome
      expect(rerun.exitCode).toBe(0)
      expect(await stateOf(url)).toBe(after)
      counts.strikes += 1
      counts.whileWriting += isWriting ? 1 : 0
      counts.undone += left === before ? 1 : 0
      counts.done += left === after ? 1 : 0
    })
  await fc.assert(fc.asyncProperty(moment, strike), { numRuns: times, endOnFailure: true })
  return `${writer.command}: ${counts.strikes} times, ${counts.whileWriting} while it wrote; ${counts.undone} times nothing had happened, ${counts.done} times all`
}
