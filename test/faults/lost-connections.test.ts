import { afterAll, beforeAll, describe, test } from "bun:test"
import { cases, isLongRun, patience, tell } from "../support/long-run.ts"
import { dropDatabase, serverUrl, withCopy } from "../support/server-databases.ts"
import { withSql } from "../support/sessions.ts"
import { converges } from "./convergence.ts"
import { type Input, prepareInput } from "./input.ts"
import { failsOrIsDone, Losses, ways } from "./losses.ts"
import { createInUse } from "./states.ts"
import { maintainers, migrate, writerOf } from "./writers.ts"

describe.if(serverUrl !== undefined)("a lost connection", () => {
  let input: Input
  let inUse = ""
  let losses: Losses
  beforeAll(async () => {
    input = await prepareInput()
    inUse = await createInUse()
    losses = await Losses.start()
  }, patience)
  afterAll(async () => {
    losses.stop()
    await input.remove()
    await dropDatabase(inUse)
    tell(`a command ended ${losses.slowest} ms after its connection at the latest`)
  }, patience)

  // The others take the same way through the driver, and much time.
  const each = isLongRun ? [migrate, ...maintainers] : [writerOf("reparse-battle-reports")]
  for (const writer of each)
    for (const way of ways)
      test(
        `${writer.command} ends at once when its connection is ${way}, and writes nothing by halves`,
        () =>
          withCopy(inUse, async (original) => {
            await withSql(original, (sql) => sql.unsafe(writer.before))
            const told = await converges(writer, original, input, {
              ...losses.in(way),
              expectAfter: failsOrIsDone,
              times: cases(1, 50),
            })
            tell(`${way}: ${told}`)
          }),
        patience,
      )
})
