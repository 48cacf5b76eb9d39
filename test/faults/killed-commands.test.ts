import { afterAll, beforeAll, describe, test } from "bun:test"
import { cases, patience, tell } from "../support/long-run.ts"
import { dropDatabase, serverUrl, withCopy } from "../support/server-databases.ts"
import { withSql } from "../support/sessions.ts"
import { converges, type Strike } from "./convergence.ts"
import { type Input, prepareInput } from "./input.ts"
import { createInUse } from "./states.ts"
import { importerInBatches, maintainers, migrate } from "./writers.ts"

const kill: Strike = {
  addressOf: (url) => url,
  hit: async (script) => script.signal("SIGKILL"),
  expectAfter: () => {},
  times: cases(1, 30),
}

describe.if(serverUrl !== undefined)("a killed command", () => {
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

  for (const writer of [migrate, ...maintainers, importerInBatches])
    test(
      `${writer.command}${writer === importerInBatches ? " in batches" : ""}, killed at any moment, is done or not begun, and a second run completes it`,
      () =>
        withCopy(inUse, async (original) => {
          await withSql(original, (sql) => sql.unsafe(writer.before))
          tell(`killed: ${await converges(writer, original, input, kill)}`)
        }),
      patience,
    )
})
