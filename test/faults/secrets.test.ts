import { describe, expect, test } from "bun:test"
import { readFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { onEachDatabase } from "../support/databases.ts"
import { demoPages } from "../support/demo-files.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { runScript, startScript } from "../support/scripts.ts"
import { holdsPassword } from "../support/secrets.ts"

describe("the password of a database", () => {
  test("the tests notice a printed password, encoded or decoded", async () => {
    const address = "postgres://me:so%2Fsecret@host/db"
    expect(holdsPassword("so%2Fsecret", address)).toBe(true)
    expect(holdsPassword("my so/secret word", address)).toBe(true)
    expect(holdsPassword("postgres://me@host/db", address)).toBe(false)
    const telling = startScript(resolve(import.meta.dir, "fixtures/tell.ts"), [], {
      DATABASE_URL: address,
    })
    const failure = await telling.outcome.catch(String)
    expect(failure).toContain("printed the password")
  })

  for (const [what, address, exitCode] of [
    ["is for another kind of database", "mysql://me:hunter2@host/db", 2],
    ["names no host", "postgres://me:hunter2@/db", 2],
    ["is no address", "postgres://me:hunter2@host:port/db", 2],
    ["has a password that needs encoding", "postgres://me:100%hunter2@host/db", 2],
    ["leads nowhere", "postgres://me:hunter2@127.0.0.1:9/db", 1],
    ["has wrong settings", "postgres://me:hunter2@127.0.0.1:9/db?sslmode=x&password=hunter2", 2],
  ] as const)
    test(`no password is printed when the address ${what}`, async () => {
      const outcome = await runScript("status", ["--json"], { DATABASE_URL: address })
      expect({ ...outcome, stderr: "" }).toEqual({ exitCode, stdout: "", stderr: "" })
      expect(outcome.stderr).toStartWith("error: ")
      expect(outcome.stderr).not.toContain("hunter2")
    })
})

onEachDatabase("the password of a database that works", (database) => {
  const folder = folderOfEachTest()

  test("no password is in a log, annotation or step summary of GitHub Actions", async () => {
    expect(new URL(database.url).password).not.toBe("")
    const summary = join(folder(), "summary.md")
    const run = (command: string, ...flags: readonly string[]) =>
      runScript(command, flags, {
        DATABASE_URL: database.url,
        GITHUB_ACTIONS: "true",
        GITHUB_STEP_SUMMARY: summary,
      })
    const done = await run("fetch-wiki-data", "--from", demoPages, "--write")
    expect(done.exitCode).toBe(0)
    const failed = await run("sync-player-state", "--player", "nobody", "--write")
    expect(failed.stderr).toStartWith("::error::Unknown user: nobody.")
    const written = await readFile(summary, "utf8")
    expect(written).toContain("fetch-wiki-data")
    expect(holdsPassword(written, database.url)).toBe(false)
  })
})
