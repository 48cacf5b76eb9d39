import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import * as fc from "fast-check"
import { cases, patience, tell } from "../support/long-run.ts"
import { createDatabase, dropDatabase, serverUrl } from "../support/server-databases.ts"
import { withSql } from "../support/sessions.ts"
import { startOn } from "./attempts.ts"
import { type Input, prepareInput } from "./input.ts"
import { killAt, type Moment, Sessions, timeUndisturbed } from "./kill.ts"
import { createInUse, migrationStates, stateOf, transactionsIn } from "./states.ts"
import { maintainers, migrate, type Writer } from "./writers.ts"

// Most of them while the command writes, which is when it could leave something half done.
const moment: fc.Arbitrary<Moment> = fc.record({
  since: fc.constantFrom("start", "first write", "first write"),
  share: fc.noBias(fc.integer({ min: 0, max: 100 })).map((percent) => percent / 100),
})

describe.if(serverUrl !== undefined)("killed at any moment", () => {
  let input: Input
  let inUse = ""
  beforeAll(async () => {
    input = await prepareInput()
    inUse = await createInUse()
  }, patience)
  afterAll(async () => {
    await input.remove()
    await dropDatabase(inUse)
  }, patience)

  /** Copies a database for as long as it is used. */
  const withCopy = async <A>(original: string, use: (url: string) => Promise<A>) => {
    const url = await createDatabase(original)
    return use(url).finally(() => dropDatabase(url))
  }

  /**
   * The time that a command takes, the state in which it leaves a database, and how many
   * transactions it takes, apart from those that only delete.
   */
  const undisturbed = (writer: Writer, original: string) =>
    withCopy(original, async (url) => {
      const earlier = await withSql(url, transactionsIn)
      const duration = await timeUndisturbed(
        () => startOn({ url }, writer, input),
        new Sessions(url),
      )
      const transactions = (await withSql(url, transactionsIn)).difference(earlier).size
      return { duration, after: await stateOf(url), transactions }
    })

  const converges = async (writer: Writer, original: string) => {
    const { duration, after, transactions } = await undisturbed(writer, original)
    const before = await stateOf(original)
    const states = writer === migrate ? await migrationStates() : [before, after]
    // A single kill may miss the moment between two transactions of a command.
    expect(transactions).toBe(states.length - 1)
    expect([states[0], states.at(-1)]).toEqual([before, after])
    expect(after === before).toBe(false)
    const counts = { kills: 0, whileWriting: 0, undone: 0, done: 0 }
    const kill = (when: Moment) =>
      withCopy(original, async (url) => {
        const isWriting = await killAt(
          when,
          duration,
          () => startOn({ url }, writer, input),
          new Sessions(url),
        )
        const left = await stateOf(url)
        expect(states.includes(left)).toBe(true)
        const rerun = await startOn({ url }, writer, input).outcome
        expect(rerun.exitCode).toBe(0)
        expect(await stateOf(url)).toBe(after)
        counts.kills += 1
        counts.whileWriting += isWriting ? 1 : 0
        counts.undone += left === before ? 1 : 0
        counts.done += left === after ? 1 : 0
      })
    await fc.assert(fc.asyncProperty(moment, kill), {
      numRuns: cases(1, 30),
      endOnFailure: true,
    })
    tell(
      `${writer.command}: ${counts.kills} kills, ${counts.whileWriting} while it wrote; ${counts.undone} times nothing had happened, ${counts.done} times all`,
    )
  }

  for (const writer of [migrate, ...maintainers])
    test(
      `${writer.command} has happened or has not, and a second run comes to the same end`,
      () =>
        withCopy(inUse, async (original) => {
          await withSql(original, (sql) => sql.unsafe(writer.before))
          await converges(writer, original)
        }),
      patience,
    )
})
