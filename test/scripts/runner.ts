import { expect } from "bun:test"
import type { TestDatabase } from "../support/databases.ts"
import { type CommandName, runHere } from "../support/run-here.ts"
import { snapshot } from "../support/snapshots.ts"

/** Runs commands on a database. */
export const runner = (database: TestDatabase) => {
  const run = (command: CommandName, ...flags: readonly string[]) =>
    runHere(command, flags, { DATABASE_URL: database.url })

  const json = async (command: CommandName, ...flags: readonly string[]) => {
    const { exitCode, stdout, stderr } = await run(command, ...flags, "--json")
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
    return JSON.parse(stdout)
  }

  /** Runs a check and then the write, and returns the report, which must be the same. */
  const checkedWrite = async (command: CommandName, ...flags: readonly string[]) => {
    const before = await snapshot(database.sql)
    const check = await json(command, ...flags, "--check")
    expect(await snapshot(database.sql)).toBe(before)
    const apply = command === "purge-wiki-definitions" ? "--force" : "--write"
    const write = await json(command, ...flags, apply)
    expect({ ...write, mode: "check" }).toEqual(check)
    return write
  }

  return { run, checkedWrite }
}
