import { expect } from "bun:test"
import * as Effect from "effect/Effect"
import { execute } from "../../lib/database/query.ts"
import type { TestDatabase } from "../support/databases.ts"
import { fillWithDemo } from "../support/demo-data.ts"
import { type Outcome, startCommand, startScript } from "../support/scripts.ts"
import { snapshot } from "../support/snapshots.ts"
import type { Input } from "./input.ts"
import { maintainers, type Writer } from "./writers.ts"

/** Fills a database with the demo's data and something to do for each command. */
export const fillWithWork = Effect.andThen(
  fillWithDemo,
  Effect.forEach(maintainers, ({ before }) => execute((sql) => sql.unsafe(before))),
)

/** Starts a command on a database. */
export const startOn = (
  { url }: Pick<TestDatabase, "url">,
  { command, script, flags }: Writer,
  input: Input,
  ...more: readonly string[]
) => {
  const given = [...flags(input), ...more]
  const environment = { DATABASE_URL: url }
  return script === undefined
    ? startCommand(command, given, environment)
    : startScript(script, given, environment)
}

/** Expects an attempt to leave the database as it was and to report nothing on standard output. */
export const inVain = async ({ sql }: TestDatabase, attempt: () => Promise<Outcome>) => {
  const before = await snapshot(sql)
  const { exitCode, stdout, stderr } = await attempt()
  expect(stdout).toBe("")
  expect(await snapshot(sql)).toBe(before)
  return { exitCode, stderr }
}
