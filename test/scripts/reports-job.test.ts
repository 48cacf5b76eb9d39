import { expect, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { onEachSchema } from "../support/databases.ts"
import { demoPages, demoReports, demoRuns } from "../support/demo-files.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { snapshot } from "../support/snapshots.ts"
import { runner } from "./runner.ts"

const { reports, botsUsed } = demoRuns

onEachSchema("the main job of reports", (database) => {
  const folder = folderOfEachTest()
  const { run, checkedWrite } = runner(database)

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
})
