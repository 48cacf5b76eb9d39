import { expect, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { onEachDatabase } from "../support/databases.ts"
import { demoPages } from "../support/demo-files.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { type CommandName, runHere } from "../support/run-here.ts"
import { runScript } from "../support/scripts.ts"
import { snapshot } from "../support/snapshots.ts"

onEachDatabase("bad input", (database) => {
  const folder = folderOfEachTest()

  /** Runs a command that must fail with this exit code and change nothing; returns its message. */
  const refusal = async (exitCode: number, command: CommandName, ...flags: readonly string[]) => {
    const before = await snapshot(database.sql)
    // Only a process of its own has a standard input of its own.
    const run = flags.includes("-") ? runScript : runHere
    const outcome = await run(command, flags, { DATABASE_URL: database.url })
    expect({ exitCode: outcome.exitCode, stdout: outcome.stdout }).toEqual({ exitCode, stdout: "" })
    expect(await snapshot(database.sql)).toBe(before)
    return outcome.stderr
  }

  test("both --check and --write, or neither, is wrong usage", async () => {
    expect(await refusal(2, "migrate", "--check", "--write")).toContain("not both")
    expect(await refusal(2, "sync-player-state", "--all")).toContain("Refusing to write")
    expect(await refusal(2, "purge-wiki-definitions")).toContain("--force")
  })
  test("a value that a flag does not take is wrong usage", async () => {
    expect(await refusal(2, "fetch-wiki-data", "--target", "relics")).toContain('"relics"')
    expect(await refusal(2, "fetch-wiki-data", "--url", "ftp://a.test/b", "--check")).toContain(
      "http",
    )
    expect(await refusal(2, "reparse-battle-reports", "--limit", "0", "--check")).toContain("0")
    expect(await refusal(2, "patch-boundaries", "add", "2026-02-30")).toContain("2026-02-30")
    expect(await refusal(2, "patch-boundaries", "add", "0000-01-01")).toContain("0000-01-01")
    expect(await refusal(2, "sync-player-state", "--check")).toContain("exactly one of")
  })
  test("--skip-fetch with pages to read is wrong usage", async () => {
    const skipping = ["--skip-fetch", "--check", "--from", demoPages]
    expect(await refusal(2, "rebuild-wiki-definitions", ...skipping)).toContain("--skip-fetch")
    expect(await refusal(2, "fetch-wiki-data", "--check", "--from", "")).toContain("--from")
  })
  test("a name that nobody could type again is wrong usage", async () => {
    expect(await refusal(2, "players", "add", " alice")).toContain("without blanks around it")
    expect(await refusal(2, "players", "add", "a\nb")).toContain("on one line")
    const labelled = ["add", "2026-03-30", "--label"]
    expect(await refusal(2, "patch-boundaries", ...labelled, " ")).toContain("without blanks")
    expect(await refusal(2, "patch-boundaries", ...labelled, "2026-01-01")).toContain("no date")
    expect(await refusal(2, "sync-player-state", "--player", "", "--check")).toContain("--player")
  })
  test("a folder or page that is not there fails", async () => {
    const nowhere = join(folder(), "no-such-folder")
    expect(await refusal(1, "fetch-wiki-data", "--from", nowhere, "--write")).toContain(nowhere)
    expect(
      await refusal(1, "import-battle-reports", "--player", "a", nowhere, "--write"),
    ).toContain("there is no such file")
  })
  test("a page without the expected table is refused, and its tables are listed", async () => {
    const page = `<div class="mw-parser-output"><h2><span class="mw-headline" id="News">News</span></h2>
      <table><tr><th>Day</th></tr><tr><td>1</td></tr></table></div>`
    await writeFile(join(folder(), "Guardian.html"), page)
    const flags = ["--target", "guardian_chips", "--from", folder(), "--write"]
    const message = await refusal(1, "fetch-wiki-data", ...flags)
    expect(message).toContain("0  News: Day")
    expect(message).toContain("--table-index")
  })
  test("one file that is not a report stops the whole import, and each such file is named", async () => {
    const good = "Battle Report\nTier\t3\nWave\t40\n"
    await writeFile(join(folder(), "1-good.txt"), good)
    await writeFile(join(folder(), "2-other.txt"), "Dear diary")
    await writeFile(join(folder(), "3-binary.txt"), new Uint8Array([66, 0, 67]))
    await writeFile(join(folder(), "4-latin.txt"), new Uint8Array([66, 97, 233, 10]))
    await runHere("players", ["add", "alice"], { DATABASE_URL: database.url })
    const flags = ["--player", "alice", folder(), "--write"]
    const message = await refusal(1, "import-battle-reports", ...flags)
    expect(message).toContain("Nothing was imported")
    expect(message).toContain("2-other.txt: no battle report in it")
    expect(message).toContain("3-binary.txt: there is a NUL byte at offset 1")
    expect(message).toContain("4-latin.txt: the text is not UTF-8 from byte 2 on")
    expect(message).not.toContain("1-good.txt")
  })
  test("standard input can be named only once, and an empty path is wrong usage", async () => {
    const reports = ["--player", "alice", "--check"]
    expect(await refusal(2, "import-battle-reports", ...reports, "-", "-")).toContain("only once")
    expect(await refusal(2, "import-battle-reports", ...reports, "")).toContain("files")
    await runHere("players", ["add", "alice"], { DATABASE_URL: database.url })
    expect(await refusal(1, "import-battle-reports", ...reports, "-")).toContain(
      "standard input: it is empty",
    )
  })
  test("an unknown user, a user without a player and an unknown patch are told apart", async () => {
    expect(await refusal(1, "sync-player-state", "--player", "bob", "--check")).toContain(
      "Unknown user: bob.",
    )
    expect(await refusal(1, "sync-player-state", "--player", "Al A.", "--check")).toContain(
      "Unknown user: Al A. List",
    )
    await database.sql`insert into player_state.account (username) values ('carol')`
    expect(await refusal(1, "sync-player-state", "--player", "carol", "--check")).toContain(
      "User carol does not have an associated player.",
    )
    await runHere("patch-boundaries", ["add", "2026-03-30", "--label", "v28"], {
      DATABASE_URL: database.url,
    })
    expect(await refusal(1, "reparse-battle-reports", "--patch", "v29", "--check")).toContain(
      "Known: v28 (2026-03-30)",
    )
  })
  test("a database without the current schema is left alone", async () => {
    await database.sql`delete from towerstats.schema_migration where version > 2`
    expect(await refusal(1, "fetch-wiki-data", "--from", demoPages, "--write")).toContain(
      "lacks 3 migration(s). Run `bun run migrate --write` first.",
    )
  })
})
