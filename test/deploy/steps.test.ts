import { describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { basename } from "node:path"
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import { deploySteps } from "../../lib/deploy/steps.ts"

const choices = {
  skipMigrations: false,
  skipWiki: false,
  skipReparse: false,
  lockTimeout: Duration.seconds(60),
}
const online = { isOffline: false, wikiTimeout: Option.some(Duration.seconds(300)) }

const commandLines = (...parameters: Parameters<typeof deploySteps>) =>
  deploySteps(...parameters).map(({ arguments: [script = "", ...flags] }) =>
    [basename(script), ...flags].join(" "),
  )
const skips = (changes: Partial<typeof choices>) =>
  deploySteps({ ...choices, ...changes }, online).map(({ skippedBy }) =>
    Option.getOrNull(skippedBy),
  )

describe("the steps of a deploy", () => {
  test("a deploy's steps are the scripts that a person would run, in order", () => {
    expect(commandLines(choices, online)).toEqual([
      "migrate.ts --write --lock-timeout 60",
      "rebuild-wiki-definitions.ts --target all --write --lock-timeout 60",
      "reparse-battle-reports.ts --write --lock-timeout 60",
    ])
    for (const step of deploySteps(choices, online)) {
      expect(step.command).toBe(process.execPath)
      expect(existsSync(step.arguments[0] ?? "")).toBe(true)
    }
  })
  test("an offline deploy does not fetch the wiki", () => {
    expect(commandLines(choices, { ...online, isOffline: true })[1]).toBe(
      "rebuild-wiki-definitions.ts --target all --skip-fetch --write --lock-timeout 60",
    )
  })
  test("every step but the wiki's is required, and only the wiki's is limited in time", () => {
    const steps = deploySteps(choices, online)
    expect(steps.map(({ isRequired }) => isRequired)).toEqual([true, false, true])
    expect(steps.map(({ timeout }) => timeout)).toEqual([
      Option.none(),
      Option.some(Duration.seconds(300)),
      Option.none(),
    ])
  })
  test("each step of a deploy can be left out", () => {
    expect(skips({})).toEqual([null, null, null])
    expect(skips({ skipMigrations: true })).toEqual(["--skip-migrations", null, null])
    expect(skips({ skipWiki: true })).toEqual([null, "--skip-wiki", null])
    expect(skips({ skipReparse: true })).toEqual([null, null, "--skip-reparse"])
  })
})
