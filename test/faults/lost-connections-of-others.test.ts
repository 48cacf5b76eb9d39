import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import * as fc from "fast-check"
import { writeSqlite } from "../adoption/django-site.ts"
import { smallSite } from "../adoption/small-site.ts"
import { migrateAll, runOn } from "../support/databases.ts"
import { sharedFolder, withFolder } from "../support/folders.ts"
import { cases, isLongRun, patience, tell } from "../support/long-run.ts"
import { startCommand } from "../support/scripts.ts"
import { createDatabase, dropDatabase, serverUrl, withCopy } from "../support/server-databases.ts"
import { failsOrIsDone, Losses, ways } from "./losses.ts"
import { createInUse, stateOf } from "./states.ts"
import { Sessions, strikeAt, timeUndisturbed } from "./strike.ts"

/** A command that only reads, or writes little, and may be run twice. */
interface Command {
  readonly name: string
  readonly flags: (files: { readonly output: string; readonly site: string }) => readonly string[]
  /** The database that it is run on: one in use, unless it needs a new one. */
  readonly isForNew?: boolean
}

const commands: readonly Command[] = [
  { name: "status", flags: () => [] },
  { name: "players", flags: () => ["set", "alice", "--time-zone", "Europe/Berlin"] },
  { name: "patch-boundaries", flags: () => ["add", "2026-05-01", "--label", "v29"] },
  { name: "wiki-history", flags: () => ["--limit", "20"] },
  { name: "report", flags: ({ output }) => ["--out", join(output, "report.html")] },
  { name: "export-definitions", flags: ({ output }) => ["--out", join(output, "data"), "--write"] },
  { name: "deploy", flags: () => ["--write"] },
  { name: "adopt", flags: ({ site }) => ["--from", site, "--write"], isForNew: true },
]

// Each deploy has a row of its own, and an adoption notes ids, of which there are gaps after a lost one.
const isOfEachRun = /^towerstats\.(?:deploy_run|adoption) /

/** The state of a database, apart from what each run adds or numbers anew. */
const lastingStateOf = async (url: string): Promise<string> => {
  const lines = (await stateOf(url)).split("\n")
  return lines.filter((line) => !isOfEachRun.test(line)).join("\n")
}

const endings: Readonly<Record<string, (text: string) => boolean>> = {
  html: (text) => text.trimEnd().endsWith("</html>"),
  csv: (text) => text.endsWith("\n"),
  json: (text) => typeof JSON.parse(text) === "object",
}

/** The files below a folder that are not whole. */
const brokenIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const checked = await Promise.all(
    files.map(async ({ name, parentPath }) => {
      const isWhole = endings[name.split(".").at(-1) ?? ""]
      return isWhole?.(await readFile(join(parentPath, name), "utf8")) === true ? [] : [name]
    }),
  )
  return checked.flat()
}

describe.if(serverUrl !== undefined)("a command that reads, or writes little", () => {
  const folder = sharedFolder()
  const site = () => join(folder(), "db.sqlite3")
  let inUse = ""
  let unused = ""
  let losses: Losses
  beforeAll(async () => {
    writeSqlite(site(), smallSite)
    inUse = await createInUse()
    unused = await createDatabase()
    await runOn(unused)(migrateAll)
    losses = await Losses.start()
  }, patience)
  afterAll(async () => {
    losses.stop()
    await dropDatabase(inUse)
    await dropDatabase(unused)
    tell(`a command ended ${losses.slowest} ms after its connection at the latest`)
  }, patience)

  const start = ({ name, flags }: Command, url: string, output: string) =>
    startCommand(name, flags({ output, site: site() }), {
      DATABASE_URL: url,
      TOWERSTATS_WIKI_OFFLINE: "1",
    })

  const undisturbed = (command: Command, original: string) =>
    withCopy(original, (url) =>
      withFolder(async (output) => {
        const run = () => start(command, url, output)
        const duration = await timeUndisturbed(run, new Sessions(url))
        return { duration, after: await lastingStateOf(url) }
      }),
    )

  const times = cases(1, 50)
  // The others take the same way through the driver, and much time.
  const each = isLongRun ? commands : commands.filter(({ name }) => name === "export-definitions")
  for (const command of each)
    for (const way of ways)
      test(
        `${command.name} ends at once when its connection is ${way}, and a second run completes it`,
        async () => {
          const original = command.isForNew === true ? unused : inUse
          const { addressOf, hit } = losses.in(way)
          const before = await lastingStateOf(original)
          const { duration, after } = await undisturbed(command, original)
          let failures = 0
          const strike = (share: number) =>
            withCopy(original, (url) =>
              withFolder(async (output) => {
                const { outcome } = await strikeAt(
                  { since: "first session", share },
                  duration,
                  () => start(command, addressOf(url), output),
                  new Sessions(url),
                  hit,
                )
                failsOrIsDone(outcome)
                failures += outcome.exitCode
                expect([before, after]).toContain(await lastingStateOf(url))
                expect(await brokenIn(output)).toEqual([])
                const rerun = await start(command, url, output).outcome
                expect(rerun).toMatchObject({ exitCode: 0 })
                expect(await lastingStateOf(url)).toBe(after)
                expect(await brokenIn(output)).toEqual([])
              }),
            )
          await fc.assert(
            fc.asyncProperty(fc.noBias(fc.integer({ min: 0, max: 100 })), (percent) =>
              strike(percent / 100),
            ),
            { numRuns: times, endOnFailure: true },
          )
          tell(`${way}: ${command.name}: ${times} times, of which it failed ${failures}`)
        },
        patience,
      )
})
