import { afterAll, beforeAll, expect, test } from "bun:test"
import { onFilledDatabase } from "../support/databases.ts"
import { runHere } from "../support/run-here.ts"
import type { Outcome } from "../support/scripts.ts"
import { fillWithWork, inVain } from "./attempts.ts"
import { type Input, prepareInput } from "./input.ts"
import { addLaterMigration, removeLaterMigration } from "./states.ts"
import { maintainers } from "./writers.ts"

let input: Input
beforeAll(async () => {
  input = await prepareInput()
})
afterAll(() => input.remove())

onFilledDatabase("a write that fails", fillWithWork, (database) => {
  const environment = () => ({ DATABASE_URL: database.url })

  const failing = async (table: string, code: string, attempt: () => Promise<Outcome>) => {
    await database.sql.unsafe(`
      create function towerstats.fail() returns trigger language plpgsql as $$
        begin raise exception 'it cannot be done' using errcode = '${code}'; end $$;
      create trigger fail before insert or update or delete on ${table}
        for each statement execute function towerstats.fail()`)
    return attempt().finally(() => database.sql.unsafe("drop function towerstats.fail cascade"))
  }

  for (const writer of maintainers)
    test(`${writer.command} writes nothing when the disk is full`, async () => {
      const { exitCode, stderr } = await inVain(database, () =>
        failing(writer.lastTable, "disk_full", () =>
          runHere(writer.command, writer.flags(input), environment()),
        ),
      )
      expect(exitCode).toBe(1)
      expect(stderr).toContain("rejected a statement: it cannot be done (SQLSTATE 53100)")
      expect(stderr).toContain("Nothing of this transaction was written.")
    })

  test("no command writes to a database that a later version has migrated", async () => {
    await database.sql.unsafe(addLaterMigration)
    for (const [command, flag] of [
      ["migrate", "--write"],
      ["purge-wiki-definitions", "--force"],
    ] as const) {
      const { exitCode, stderr } = await inVain(database, () =>
        runHere(command, [flag], environment()),
      )
      expect(exitCode).toBe(1)
      expect(stderr).toContain(
        "9999_from_the_future, which this version of the suite does not know",
      )
    }
    await database.sql.unsafe(removeLaterMigration)
  })
})
