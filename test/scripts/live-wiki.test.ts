import { expect, test } from "bun:test"
import { cp, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { catalogue } from "../../lib/wiki/catalogue.ts"
import { onEachDatabase } from "../support/databases.ts"
import { demoPages, demoRows, demoTotals } from "../support/demo-files.ts"
import { standInFandom } from "../support/fandom-gateway.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { type CommandName, runHere } from "../support/run-here.ts"
import { runScript } from "../support/scripts.ts"
import { snapshot } from "../support/snapshots.ts"

const rowsOfGoldenBot = 30

onEachDatabase("the live wiki", (database) => {
  const folder = folderOfEachTest()
  const fandom = standInFandom()

  /** Runs a command that asks Fandom. */
  const run = (command: string, ...flags: readonly string[]) =>
    runScript(command, flags, { DATABASE_URL: database.url, ...fandom.environment })

  /** Runs a command that reads saved pages, or none. */
  const runOffline = (command: CommandName, ...flags: readonly string[]) =>
    runHere(command, flags, { DATABASE_URL: database.url })

  const rows = () => database.sql`
    select page_url, source_section, parse_version, entity_id, content_hash, headers, raw_row,
      page_revision
    from definitions.wiki_data order by 1, 2, 3, 4`

  const edit = async (file: string, change: (html: string) => string) => {
    const before = await readFile(file, "utf8")
    const after = change(before)
    expect(after).not.toBe(before)
    await writeFile(file, after)
  }

  test("the live wiki and its API have the rows and hashes of the saved pages", async () => {
    await runOffline("fetch-wiki-data", "--target", "all", "--from", demoPages, "--write")
    const saved = await rows()
    expect(saved).toHaveLength(demoTotals.rows)
    for (const faults of [{}, { page: "forbidden" as const }]) {
      fandom.wiki.reset()
      for (const { title } of catalogue) fandom.wiki.misbehave(title, faults)
      const fetched = await run("fetch-wiki-data", "--target", "all", "--check")
      expect(fetched.stdout).toContain(
        `total tables=${demoTotals.tables} added=0 changed=0 unchanged=${demoTotals.rows}`,
      )
      await database.sql`drop trigger keep_history_whole on definitions.wiki_data`
      await database.sql`truncate definitions.wiki_data cascade`
      const written = await run("fetch-wiki-data", "--target", "all", "--write")
      expect(written.exitCode).toBe(0)
      expect(await rows()).toEqual(saved)
      await database.sql`
        create trigger keep_history_whole before truncate on definitions.wiki_data
        for each statement execute function definitions.keep_wiki_history()`
    }
  })

  test("a page that cannot be fetched stops the capture, or with --keep-going is left out", async () => {
    fandom.wiki.misbehave("Golden_Bot", { page: "not found" })
    const before = await snapshot(database.sql)
    const refused = await run("fetch-wiki-data", "--target", "bots", "--write")
    expect(refused).toMatchObject({ exitCode: 1, stdout: "" })
    expect(refused.stderr).toContain("Golden_Bot")
    expect(refused.stderr).toContain("Nothing was stored")
    expect(await snapshot(database.sql)).toBe(before)

    const partly = await run("fetch-wiki-data", "--target", "bots", "--write", "--keep-going")
    expect(partly.exitCode).toBe(1)
    const rowsOfOtherBots = demoRows.bots - rowsOfGoldenBot
    expect(partly.stdout).toContain(`total tables=3 added=${rowsOfOtherBots}`)
    expect(partly.stderr).toContain("Golden_Bot")
    expect(await rows()).toHaveLength(rowsOfOtherBots)
  })

  test("a page that has lost its content changes nothing, and the message says why", async () => {
    await runOffline("rebuild-wiki-definitions", "--from", demoPages, "--write")
    const before = await snapshot(database.sql)
    const failure = async (from: string) => {
      const outcome = await runOffline("rebuild-wiki-definitions", "--from", from, "--write")
      expect(outcome).toMatchObject({ exitCode: 1, stdout: "" })
      expect(await snapshot(database.sql)).toBe(before)
      return outcome.stderr
    }
    await cp(demoPages, folder(), { recursive: true })
    const page = join(folder(), "Guardian.html")
    const html = await readFile(page, "utf8")
    await writeFile(page, "<html><body>Checking your browser</body></html>")
    expect(await failure(folder())).toContain("is not a page of the wiki")
    await writeFile(page, '<div class="mw-parser-output"></div>')
    expect(await failure(folder())).toContain("The page has no tables.")
    const bodyRows = /(<tr>\s*<td>\d+s<\/td>[\s\S]*?<\/tr>\s*)/g
    let row = 0
    await writeFile(
      page,
      html.replace(bodyRows, (text) => (row++ % 3 === 0 ? text : "")),
    )
    const shrunk = await failure(folder())
    expect(shrunk).toContain("guardian_chips_summon_table_0")
    expect(shrunk).toContain("--allow-shrink")
    const diffs = await runOffline("rebuild-wiki-definitions", "--diffs", "--from", folder())
    expect(diffs).toMatchObject({ exitCode: 0, stderr: "" })
    expect(diffs.stdout).toContain("guardian_chips_summon_table_0")
    expect(diffs.stdout).toContain("status=deprecated")
  })

  test("--diffs compares the wiki with the stored rows field by field and writes nothing", async () => {
    await runOffline("fetch-wiki-data", "--target", "all", "--from", demoPages, "--write")
    await cp(demoPages, folder(), { recursive: true })
    const page = join(folder(), "Golden_Bot.html")
    await edit(page, (html) => html.replace("<td>2.2</td>", "<td>2.25</td>"))
    await edit(page, (html) => html.replace("<b>20400</b>", "<b>99999</b>"))
    const before = await snapshot(database.sql)
    const diffs = await runOffline(
      "rebuild-wiki-definitions",
      "--diffs",
      "--skip-fetch",
      "--from",
      folder(),
    )
    expect(diffs).toMatchObject({ exitCode: 0, stderr: "" })
    expect(diffs.stdout.split("\n")).toEqual([
      "[DIFFS] section=bots_golden_bot_table_0 entity=golden_bot__level_1__star_none field=Bonus previous=2.2 new=2.25 status=changed",
      "[DIFFS] total fields_added=0 fields_changed=1 fields_deprecated=0",
      "",
    ])
    expect(await snapshot(database.sql)).toBe(before)
    const both = await runOffline("rebuild-wiki-definitions", "--diffs", "--write")
    expect(both).toMatchObject({ exitCode: 2, stdout: "" })
  })

  test("--url reads any page that a maintainer names, and never asks Fandom's API about it", async () => {
    const address = fandom.wiki.addressOf("Golden_Bot")
    const flags = ["--target", "bots", "--url", address, "--write"]
    const fetched = await run("fetch-wiki-data", ...flags)
    expect(fetched.stdout).toContain(`total tables=1 added=${rowsOfGoldenBot}`)
    const [row] = await database.sql`select distinct page_url from definitions.wiki_data`
    expect(row).toMatchObject({ page_url: address })
    fandom.wiki.misbehave("Golden_Bot", { page: "forbidden" })
    const forbidden = await run("fetch-wiki-data", ...flags)
    expect(forbidden.exitCode).toBe(1)
    expect(forbidden.stderr).toContain("403")
    expect(fandom.wiki.requests("Golden_Bot").api).toBe(0)
    for (const extra of [
      ["--url", address],
      ["--table-index", "1"],
    ]) {
      const all = await runOffline("fetch-wiki-data", "--target", "all", ...extra, "--check")
      expect(all).toMatchObject({ exitCode: 2, stdout: "" })
    }
  })

  test("a page about an entity that the registry lacks is refused, since its rows would stay", async () => {
    await cp(join(demoPages, "Golden_Bot.html"), join(folder(), "Test_Bot.html"))
    const page = ["--url", "https://wiki.example/wiki/Test_Bot", "--from", folder()]
    const refused = await runOffline("fetch-wiki-data", "--target", "bots", ...page, "--write")
    expect(refused).toMatchObject({ exitCode: 1, stdout: "" })
    expect(refused.stderr).toContain("bot test_bot, https://wiki.example/wiki/Test_Bot (revision 1")
    expect(refused.stderr).toContain("table bots_test_bot_table_0: not in the registry, which has")
    expect(refused.stderr).toContain("add what the game has gained to lib/definitions/registry.ts")
    expect(await database.sql`select from definitions.wiki_data`).toHaveLength(0)
  })

  test("--table-index picks a table in place of the rules", async () => {
    const flags = ["--target", "bots", "--from", demoPages, "--check"]
    const chosen = await runOffline("fetch-wiki-data", ...flags, "--table-index", "1")
    expect(chosen.stdout + chosen.stderr).toContain("table_index=1")
    const missing = await runOffline("fetch-wiki-data", ...flags, "--table-index", "77")
    expect(missing.exitCode).toBe(1)
    expect(missing.stderr).toContain("No table 77")
  })

  test("pages kept with --save can be read again with --from", async () => {
    await run("fetch-wiki-data", "--target", "bots", "--save", folder(), "--write")
    const fetched = await rows()
    const again = await runOffline(
      "fetch-wiki-data",
      "--target",
      "bots",
      "--from",
      folder(),
      "--write",
    )
    expect(again.stdout).toContain(`total tables=4 added=0 changed=0 unchanged=${demoRows.bots}`)
    expect(await rows()).toEqual(fetched)
  })
})
