import { expect, test } from "bun:test"
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import { importReports } from "../../lib/battle-reports/import/import.ts"
import { addBoundary } from "../../lib/battle-reports/patches.ts"
import { reparseReports } from "../../lib/battle-reports/reparse/reparse.ts"
import { everyReport } from "../../lib/battle-reports/reparse/selection.ts"
import type { Mode } from "../../lib/database/transaction.ts"
import { setPlayer } from "../../lib/player-state/players.ts"
import { databaseStatus } from "../../lib/status.ts"
import { onFilledDatabase } from "../support/databases.ts"
import { fillWithDemo, textSource } from "../support/demo-data.ts"

const bring = (
  mode: Mode,
  username: string,
  text: string,
  filing: { readonly preset?: string; readonly isTournament?: boolean } = {},
) =>
  importReports(
    { mode, lockTimeout: Duration.seconds(1) },
    {
      username,
      createPlayer: false,
      timeZone: Option.none(),
      files: [textSource("given", text)],
      preset: Option.fromUndefinedOr(filing.preset),
      isTournament: filing.isTournament ?? false,
    },
  )

const reparse = (mode: Mode, patch: string | null = null) =>
  reparseReports({ mode, lockTimeout: Duration.seconds(1) }, { ...everyReport, patch })

const run = "Battle Report\nBattle Date\tJul 15, 2026 06:46\nTier\t9\nWave\t20\n"

onFilledDatabase("stored reports", fillWithDemo, (database) => {
  test("another time zone changes the dates of that player's reports and nothing else", async () => {
    await database.run(bring("write", "bob", run))
    await database.run(reparse("write"))
    const dates = () =>
      database.sql<{ username: string; date: Date }[]>`
        select username, battle_date as date
        from gamedata.battle_report_progress as progress
        join player_state.player on player.id = player_id
        join player_state.account on account.id = account_id
        order by username, battle_report_id`
    const before = await dates()
    await database.run(
      setPlayer("bob", { displayName: Option.none(), timeZone: Option.some("America/New_York") }),
    )
    const foretold = await database.run(reparse("check"))
    expect(foretold.total).toMatchObject({ progress_updated: 1, metrics_updated: 0 })
    expect(foretold.changes).toBe(1)
    expect((await database.run(reparse("write"))).total).toEqual(foretold.total)
    expect([...(await dates())]).toEqual(
      before.map(({ username, date }) => ({
        username,
        date: username === "bob" ? new Date("2026-07-15T10:46:00Z") : date,
      })),
    )
  })

  test("a preset and the tournament's flag are set for runs that are stored already", async () => {
    await database.run(bring("write", "bob", run))
    const filing = { preset: "farming", isTournament: true }
    const foretold = await database.run(bring("check", "bob", run, filing))
    expect(foretold.total).toMatchObject({
      imported: 0,
      duplicates: 1,
      duplicates_updated: 1,
      presets_created: 1,
    })
    expect(await database.run(bring("write", "bob", run, filing))).toEqual(foretold)
    const again = await database.run(bring("write", "bob", run, filing))
    expect(again).toMatchObject({ changes: 0 })
    const [stored] = await database.sql`
      select preset_name, preset_colour, is_tournament from gamedata.battle_report_progress
      join player_state.preset on preset.id = preset_id and preset.name = 'farming'`
    expect(stored).toMatchObject({ preset_name: "farming", is_tournament: true })
    expect(stored?.preset_colour).toMatch(/^#[0-9a-f]{6}$/)
  })

  test("a weapon is stored once for each role that its run lists it under", async () => {
    const listed = [
      ["Combat Ultimate Weapons", "Death Wave, Spotlight"],
      ["Utility Ultimate Weapons", "Death Wave"],
      ["Ultimate Weapons", "Spotlight, Black Hole"],
    ]
    const text = run.replace("Wave\t20", "Wave\t21")
    const lines = listed.map((line) => `${line.join("\t")}\n`).join("")
    const { total } = await database.run(bring("write", "bob", text + lines))
    expect(total).toMatchObject({ weapon_rows_created: 4 })
    const stored = await database.sql`
      select slug, role from gamedata.run_ultimate_weapon
      join gamedata.battle_report_progress using (player_id, battle_report_id)
      join player_state.player on player.id = player_id
      where display_name = 'bob' and wave = 21 order by slug, role`
    expect([...stored]).toEqual([
      { slug: "black_hole", role: "unknown" },
      { slug: "death_wave", role: "combat" },
      { slug: "death_wave", role: "utility" },
      { slug: "spotlight", role: "combat" },
    ])
  })

  test("an unreadable date stays empty, is counted and named, and is in no patch's window", async () => {
    const text = run.replace("Jul 15", "Foo 15").replace("Wave\t20", "Wave\t20\nFlux Rate\t3.00K")
    const { total } = await database.run(bring("write", "bob", text))
    expect(total).toMatchObject({ unknown_labels: 1, unreadable_dates: 1, unreadable_values: 0 })
    const [stored] = await database.sql`
      select battle_date, not_understood from gamedata.battle_report_progress
      where not_understood is not null`
    expect(stored).toMatchObject({
      battle_date: null,
      not_understood: { date: "Foo 15, 2026 06:46", labels: [["Flux Rate", "3.00K"]], values: [] },
    })
    await database.run(addBoundary({ date: "2000-01-01", label: "" }))
    const selected = await database.run(reparse("check", "2000-01-01"))
    const [reports] = await database.sql<{ count: number }[]>`
      select count(*)::integer as count from gamedata.battle_report`
    expect(selected.total.processed).toBe((reports?.count ?? 0) - 1)
    const { total: readAlready } = await database.run(reparse("check"))
    expect(readAlready).toMatchObject({
      unknown_labels: 1,
      unreadable_dates: 1,
      unchanged: readAlready.processed,
    })
    const { units } = await database.run(databaseStatus)
    expect(units).toContainEqual({
      area: "not understood",
      kind: "unknown label",
      label: "Flux Rate",
      reports: 1,
      example: "3.00K",
    })
  })

  test("a bot's row that was moved to another bot is missed by the next reparse, which restores it", async () => {
    await database.run(reparse("write"))
    const moved = await database.sql`
      update gamedata.run_bot set slug = 'other_' || slug, definition_id = null
      where battle_report_id = (select min(battle_report_id) from gamedata.run_bot)`
    const { total } = await database.run(reparse("write"))
    expect(moved.count).toBeGreaterThan(0)
    expect(total).toMatchObject({ bot_rows_created: moved.count, progress_updated: 0 })
  })

  test("a reparse of what this reader has read finds nothing to do", async () => {
    await database.run(reparse("write"))
    await database.sql`update gamedata.battle_report_progress set read_by = null`
    const { total } = await database.run(reparse("check"))
    expect(total.unchanged).toBe(total.processed)
  })
})
