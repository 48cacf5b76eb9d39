import { expect, test } from "bun:test"
import { cp, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { onEachSchema } from "../support/databases.ts"
import { demoPages, demoReports, demoRows, demoRuns, demoTotals } from "../support/demo-files.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { snapshot } from "../support/snapshots.ts"
import { runner } from "./runner.ts"

const { tables, rows, definitions, parameters, levels } = demoTotals
const { botsUsed } = demoRuns

onEachSchema("the main job", (database) => {
  const folder = folderOfEachTest()

  const { run, checkedWrite } = runner(database)

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

  test("a check with --exit-code exits with 3 if there is something to do, else with 0", async () => {
    const check = ["fetch-wiki-data", "--from", demoPages, "--check", "--exit-code"] as const
    expect((await run(...check)).exitCode).toBe(3)
    await run("fetch-wiki-data", "--from", demoPages, "--write")
    expect((await run(...check)).exitCode).toBe(0)
  })
})
