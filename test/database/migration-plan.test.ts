import { describe, expect, test } from "bun:test"
import * as Result from "effect/Result"
import { type Migration, planMigrations } from "../../lib/database/migration-plan.ts"

const migration = (version: number, text = "select 1"): Migration => ({
  version,
  name: `step_${version}`,
  sha256: text,
  text,
})
const files = [migration(1), migration(2), migration(4)]

const failure = (ledger: readonly Migration[], available = files): string =>
  Result.match(planMigrations(available, ledger), {
    onSuccess: () => "no failure",
    onFailure: (error) => error.message,
  })

describe("planning migrations", () => {
  test("on an empty database every migration is pending, in numerical order", () => {
    const shuffled = [migration(4), migration(1), migration(2)]
    expect(planMigrations(shuffled, [])).toEqual(Result.succeed(files))
  })
  test("a migration in the ledger is not pending", () => {
    expect(planMigrations(files, [migration(1)])).toEqual(
      Result.succeed([migration(2), migration(4)]),
    )
    expect(planMigrations(files, files)).toEqual(Result.succeed([]))
  })
  test("an edited migration is refused", () => {
    expect(failure([migration(1), migration(2, "select 2")])).toContain("0002_step_2 was edited")
  })
  test("a renamed migration counts as edited", () => {
    expect(failure([{ ...migration(1), name: "other" }])).toContain("applied as 0001_other")
  })
  test("an applied migration without a file is refused", () => {
    expect(failure([migration(1), migration(3)])).toContain("0003_step_3 was applied")
  })
  test("an applied migration newer than any file is refused", () => {
    expect(failure([...files, migration(5)])).toContain("0005_step_5, which this version")
  })
  test("a pending migration with a lower number than an applied one is refused", () => {
    expect(failure([migration(1), migration(4)])).toContain("0002_step_2 is out of order")
  })
})
