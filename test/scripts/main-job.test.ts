import { expect, test } from "bun:test"
import { cp, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { onEachSchema } from "../support/databases.ts"
import { demoPages, demoReports, demoRows, demoRuns, demoTotals } from "../support/demo-files.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { runScript } from "../support/scripts.ts"
import { snapshot } from "../support/snapshots.ts"

const { tables, rows, definitions, parameters, levels } = demoTotals
const { reports, botsUsed } = demoRuns

onEachSchema("the main job", (database) => {
  const folder = folderOfEachTest()

  const run = (command: string, ...flags: readonly string[]) =>
    runScript(command, flags, { DATABASE_URL: database.url })
  const json = async (command: string, ...flags: readonly string[]) => {
    const { exitCode, stdout, stderr } = await run(command, ...flags, "--json")
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
    return JSON.parse(stdout)
  }

  /** Runs a check and then the write, and returns the report, which must be the same. */
  const checkedWrite = async (command: string, ...flags: readonly string[]) => {
    const before = await snapshot(database.sql)
    const check = await json(command, ...flags, "--check")
    expect(await snapshot(database.sql)).toBe(before)
    const apply = command === "purge-wiki-definitions" ? "--force" : "--write"
    const write = await json(command, ...flags, apply)
    expect({ ...write, mode: "check" }).toEqual(check)
    return write
  }

  test("fetch, rebuild and sync do what their checks say, and nothing when run again", async () => {
    const fetched = await checkedWrite("fetch-wiki-data", "--target", "all", "--from", demoPages)
    expect(fetched.total).toEqual({
      tables,
      added: rows,
      changed: 0,
      unchanged: 0,
      deprecated: 0,
    })
    const again = await checkedWrite("fetch-wiki-data", "--target", "all", "--from", demoPages)
    expect(again.total).toEqual({ tables, added: 0, changed: 0, unchanged: rows, deprecated: 0 })

    const rebuilt = await checkedWrite("rebuild-wiki-definitions", "--skip-fetch")
    expect(rebuilt.total).toMatchObject({
      definitions_created: definitions,
      parameters_created: parameters,
      levels_created: levels,
    })
    await run("players", "add", "alice")
    const synced = await checkedWrite("sync-player-state", "--all")
    expect(synced.total).toMatchObject({
      progress_created: definitions,
      parameters_created: parameters,
    })

    const settled = await snapshot(database.sql)
    const rebuiltAgain = await checkedWrite("rebuild-wiki-definitions", "--skip-fetch")
    const syncedAgain = await checkedWrite("sync-player-state", "--player", "alice")
    expect([rebuiltAgain.changes, syncedAgain.changes]).toEqual([0, 0])
    expect(await snapshot(database.sql)).toBe(settled)
  })

  test("a purge removes only links, which a rebuild and a sync restore, and no level is lost", async () => {
    await run("rebuild-wiki-definitions", "--from", demoPages, "--write")
    await run("players", "add", "alice")
    await run("import-battle-reports", "--player", "alice", demoReports, "--write")
    await run("sync-player-state", "--all", "--write")
    await database.sql`update player_state.progress set unlocked = true where kind <> 'card'`
    await database.sql`
      update player_state.parameter_progress set level = 1 + progress_id % 7, updated_at = '2026-01-01'`
    const state = () => database.sql`
      select slug, key, level, unlocked, parameter_progress.updated_at,
        definition_id is not null and parameter_id is not null as linked
      from player_state.progress
      join player_state.parameter_progress on progress_id = progress.id
      order by slug, key`
    const runs = () => database.sql`
      select battle_report_id, slug, definition_id is not null as linked
      from gamedata.run_bot order by 1, 2`
    const before = [...(await state()), ...(await runs())]
    expect(before.length).toBe(parameters + botsUsed)
    expect(before.every(({ linked }) => linked === true)).toBe(true)

    const purged = await checkedWrite("purge-wiki-definitions")
    expect(purged.total).toEqual({ rows: definitions + parameters + levels })
    const unlinked = [...(await state()), ...(await runs())]
    expect(unlinked).toEqual(before.map((row) => ({ ...row, linked: false })))

    await checkedWrite("rebuild-wiki-definitions", "--skip-fetch")
    const synced = await checkedWrite("sync-player-state", "--all")
    expect(synced.total).toMatchObject({
      progress_linked: definitions,
      parameters_linked: parameters,
      run_bot_linked: botsUsed,
      progress_created: 0,
      parameters_created: 0,
    })
    expect([...(await state()), ...(await runs())]).toEqual(before)
  })

  test("one edited cell of the wiki is one changed row and one updated level, and the old row stays", async () => {
    await cp(demoPages, folder(), { recursive: true })
    await run("rebuild-wiki-definitions", "--from", folder(), "--write")
    const page = join(folder(), "Golden_Bot.html")
    const original = await readFile(page, "utf8")
    await writeFile(page, original.replace("<td>2.2</td>", "<td>2.25</td>"))

    const rebuilt = await checkedWrite("rebuild-wiki-definitions", "--from", folder())
    expect(rebuilt.units).toContainEqual({
      wiki_target: "bots",
      tables: 4,
      added: 0,
      changed: 1,
      unchanged: demoRows.bots - 1,
      deprecated: 0,
    })
    expect(rebuilt.total).toMatchObject({ levels_updated: 1, levels_unchanged: levels - 1 })
    const revisions = await database.sql`
        select raw_row ->> 'Bonus' as bonus from definitions.wiki_data
        where entity_id = 'golden_bot__level_1__star_none' order by id`
    expect(revisions.map(({ bonus }) => bonus)).toEqual(["2.2", "2.25"])

    await writeFile(page, original)
    const returned = await checkedWrite("fetch-wiki-data", "--target", "bots", "--from", folder())
    expect(returned.total).toMatchObject({ added: 0, changed: 1, unchanged: demoRows.bots - 1 })
    const [latest] = await database.sql`
        select raw_row ->> 'Bonus' as bonus from definitions.latest_wiki_row
        where entity_id = 'golden_bot__level_1__star_none'`
    expect(latest).toMatchObject({ bonus: "2.2" })
    expect(
      await database.sql`select count(*)::int as revisions from definitions.wiki_data`,
    ).toMatchObject([{ revisions: rows + 1 }])
  })

  test("reports are imported once, and read again by patch and by limit", async () => {
    await run("rebuild-wiki-definitions", "--from", demoPages, "--write")
    const imported = await checkedWrite(
      "import-battle-reports",
      ...["--player", "alice", "--create-player", "--preset", "farming", demoReports],
    )
    expect(imported.total).toMatchObject({
      ...{ files: reports, reports, imported: reports, duplicates: 0 },
      ...{ bot_rows_created: botsUsed, players_created: 1, presets_created: 1 },
    })
    const settled = await snapshot(database.sql)
    const again = await checkedWrite("import-battle-reports", "--player", "alice", demoReports)
    expect(again.total).toMatchObject({ imported: 0, duplicates: reports })
    const idle = await checkedWrite("reparse-battle-reports")
    expect(idle.total).toMatchObject({ processed: reports, unchanged: reports, failed: 0 })
    expect(await snapshot(database.sql)).toBe(settled)

    await run("patch-boundaries", "add", "2026-02-01", "--label", "v27")
    await run("patch-boundaries", "add", "2026-03-30", "--label", "v28")
    await database.sql`update gamedata.battle_report_progress set coins_earned = 1, wave = null`
    await database.sql`update gamedata.battle_report_metrics set values = '{}'`
    await database.sql`
      update gamedata.battle_report_progress set is_tournament = true, tournament_rank = 'gold'`
    const ofPatch = await checkedWrite("reparse-battle-reports", "--patch", "V27")
    expect(ofPatch.total).toMatchObject({ processed: 2, progress_updated: 2, metrics_updated: 2 })
    const newest = await checkedWrite("reparse-battle-reports", "--limit", "1")
    expect(newest.total).toMatchObject({ processed: 1, progress_updated: 1 })
    const rest = await checkedWrite("reparse-battle-reports")
    expect(rest.total).toMatchObject({
      processed: reports,
      progress_updated: 3,
      unchanged: reports - 3,
    })
    await database.sql`
      update gamedata.battle_report set raw_text = regexp_replace(raw_text, 'Wave[ \\t]+\\d+', 'Wave 77')
      where id = (select min(id) from gamedata.battle_report)`
    const corrected = await checkedWrite("reparse-battle-reports")
    expect(corrected.total).toMatchObject({ progress_updated: 1, unchanged: reports - 1 })
    await database.sql`truncate gamedata.battle_report_metrics`
    const emptied = await checkedWrite("reparse-battle-reports")
    expect(emptied.total).toMatchObject({ metrics_created: reports, progress_updated: 0 })
    expect(
      await database.sql`
        select distinct preset_name, is_tournament, tournament_rank
        from gamedata.battle_report_progress`,
    ).toMatchObject([{ preset_name: "farming", is_tournament: true, tournament_rank: "gold" }])
  })

  test("an import lists the magnitude suffixes that the reader does not know", async () => {
    await run("players", "add", "alice")
    await writeFile(join(folder(), "a.txt"), "Battle Report\nTier\t3\nCoins earned\t7.00Z\n")
    const imported = await checkedWrite("import-battle-reports", "--player", "alice", folder())
    expect(imported.changes).toBe(2)
    expect(imported.units).toContainEqual({ unknown_magnitude_suffix: "Z" })
    expect(await database.sql`select symbol, kind from definitions.unit`).toMatchObject([
      { symbol: "Z", kind: "unknown" },
    ])
    await database.sql`delete from definitions.unit`
    await database.sql`update gamedata.battle_report_progress set read_by = null`
    expect((await checkedWrite("reparse-battle-reports")).changes).toBe(1)
  })

  test("a stored report that cannot be read is counted and named, and the others are read", async () => {
    await run("players", "add", "alice")
    await run("import-battle-reports", "--player", "alice", demoReports, "--write")
    await database.sql`
      insert into gamedata.battle_report (player_id, raw_text, checksum)
      select id, 'not a report', repeat('0', 64) from player_state.player`
    const outcome = await run("reparse-battle-reports", "--write")
    expect(outcome.exitCode).toBe(0)
    expect(outcome.stdout).toContain(`processed=${reports + 1}`)
    expect(outcome.stdout).toContain("failed=1")
    expect(outcome.stderr).toContain("Battle report 7 is skipped: Not a battle report")
  })

  test("a check with --exit-code exits with 3 if there is something to do, else with 0", async () => {
    const check = ["fetch-wiki-data", "--from", demoPages, "--check", "--exit-code"] as const
    expect((await run(...check)).exitCode).toBe(3)
    await run("fetch-wiki-data", "--from", demoPages, "--write")
    expect((await run(...check)).exitCode).toBe(0)
  })
})
