import { afterAll, beforeAll, expect, test } from "bun:test"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { execute } from "../../lib/database/query.ts"
import { writerTransaction } from "../../lib/database/writer-lock.ts"
import { onFilledServer } from "../support/databases.ts"
import { type Outcome, runScript } from "../support/scripts.ts"
import { someoneWaits, withSetting } from "../support/sessions.ts"
import { fillWithWork, inVain, startOn } from "./attempts.ts"
import { type Input, prepareInput } from "./input.ts"
import { addLaterMigration, removeLaterMigration } from "./states.ts"
import { maintainers, writerOf } from "./writers.ts"

let input: Input
beforeAll(async () => {
  input = await prepareInput()
})
afterAll(() => input.remove())

onFilledServer("a write", fillWithWork, (database) => {
  test("a read-only server refuses every write, and a check works there", async () => {
    const readOnly = (attempt: () => Promise<Outcome>) =>
      withSetting(database, "default_transaction_read_only = on", attempt)
    for (const writer of maintainers) {
      const { exitCode, stderr } = await inVain(database, () =>
        readOnly(() => startOn(database, writer, input).outcome),
      )
      expect(exitCode).toBe(1)
      expect(stderr).toContain("is read-only (cannot execute ")
    }
    const environment = { DATABASE_URL: database.url }
    const check = await readOnly(() =>
      runScript("sync-player-state", ["--all", "--check"], environment),
    )
    expect(check.exitCode).toBe(0)
  })

  test("a write waits for another one for as long as --lock-timeout says", async () => {
    const sync = writerOf("sync-player-state")
    const { exitCode, stderr } = await inVain(database, () =>
      database.run(
        writerTransaction(Duration.minutes(1))(
          Effect.promise(() => startOn(database, sync, input, "--lock-timeout", "0.3").outcome),
        ),
      ),
    )
    expect(exitCode).toBe(1)
    expect(stderr).toContain("Waiting up to 0.3s for another writing command (database session ")
    expect(stderr).toContain("has held the lock on ")
  })

  test("a write that waited for a later version's migration is refused", async () => {
    const startAndWait = async () => {
      const script = startOn(database, writerOf("sync-player-state"), input)
      await someoneWaits(database.sql)
      return { script }
    }
    const { exitCode, stderr } = await inVain(database, async () => {
      const { script } = await database.run(
        // The later version's own transaction adds it: the lock keeps all others from doing so.
        writerTransaction(Duration.minutes(1))(
          Effect.tap(Effect.promise(startAndWait), () =>
            execute((sql) => sql.unsafe(addLaterMigration)),
          ),
        ),
      )
      const outcome = await script.outcome
      await database.sql.unsafe(removeLaterMigration)
      return outcome
    })
    expect(exitCode).toBe(1)
    expect(stderr).toContain("9999_from_the_future, which this version of the suite does not know")
  })
})
