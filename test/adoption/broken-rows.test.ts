import { expect, test } from "bun:test"
import { join } from "node:path"
import { onEachDatabase } from "../support/databases.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { adoptFrom, reasonsIn, select } from "./adopting.ts"
import { type DjangoRow, type Installation, writeSqlite } from "./django-site.ts"
import { levels, report, smallSite, time } from "./small-site.ts"

const [player, chip, weapon, progress] = [
  smallSite.player_state_player?.[0],
  smallSite.player_state_playerguardianchip?.[0],
  smallSite.player_state_playerultimateweapon?.[0],
  smallSite.gamedata_battlereportprogress?.[0],
]

onEachDatabase("a site with rows that break our constraints", (database) => {
  const folder = folderOfEachTest()
  const adoptWith = async (changes: Installation) => {
    const file = join(folder(), "db.sqlite3")
    writeSqlite(file, { ...smallSite, ...changes })
    const outcome = await adoptFrom(database, file, "write")
    const again = await adoptFrom(database, file, "write")
    expect(again.changes).toBe(0)
    return reasonsIn(outcome)
  }
  const rows = (statement: string) => select(database, statement)

  test("a second player of a user is kept aside with all that belongs to it", async () => {
    const reasons = await adoptWith({
      player_state_player: [{ ...player }, { ...player, id: 8 }],
      player_state_preset: [
        ...(smallSite.player_state_preset ?? []),
        { ...smallSite.player_state_preset?.[0], id: 10, player_id: 8 },
      ],
      gamedata_battlereport: [
        ...(smallSite.gamedata_battlereport ?? []),
        report(30, 8, "Battle Report\nTier\t1\n"),
      ],
    })
    expect(reasons).toContain("player_state_player 8: its user has another player")
    expect(reasons).toContain("player_state_preset 10: its player has no place here")
    expect(reasons).toContain("gamedata_battlereport 30: its player has no place here")
    expect(
      await rows(
        `select row ->> 'raw_text' as text from towerstats.adopted_row where source_id = '30'`,
      ),
    ).toEqual([{ text: "Battle Report\nTier\t1\n" }])
  })

  test("a level under a locked weapon unlocks it", async () => {
    const reasons = await adoptWith({
      player_state_playerultimateweapon: [{ ...weapon, unlocked: false }],
    })
    expect(reasons).toContain(
      "player_state_playerultimateweapon 2: it was locked and in use; it is unlocked",
    )
    expect(
      await rows("select unlocked from player_state.progress where slug = 'black_hole'"),
    ).toEqual([{ unlocked: true }])
  })

  test("of three active chips the two that have been so for longest stay active", async () => {
    const chips = ["ally", "attack", "fetch"].map(
      (slug, index): DjangoRow => ({
        ...{ ...chip, id: 3 + index, guardian_chip_slug: slug, updated_at: time(9 - index) },
        guardian_chip_definition_id: null,
      }),
    )
    const reasons = await adoptWith({ player_state_playerguardianchip: chips })
    expect(reasons).toContain(
      "player_state_playerguardianchip 3: its player has 2 other active chips",
    )
    expect(await rows("select slug from player_state.progress where active order by slug")).toEqual(
      [{ slug: "attack" }, { slug: "fetch" }],
    )
  })

  test("a report with another player's preset loses the link and keeps its name", async () => {
    const [user] = smallSite.auth_user ?? []
    const reasons = await adoptWith({
      auth_user: [{ ...user }, { ...user, id: 6, username: "bob" }],
      player_state_player: [{ ...player }, { ...player, id: 8, user_id: 6 }],
      player_state_preset: [{ ...smallSite.player_state_preset?.[0], player_id: 8 }],
    })
    expect(reasons).toContain("gamedata_battlereportprogress 1: its preset is another player's")
    expect(
      await rows("select preset_id, preset_name from gamedata.battle_report_progress"),
    ).toEqual([{ preset_id: null, preset_name: "Farming" }])
  })

  test("an empty preset name, a checksum that is none and times the wrong way round are mended", async () => {
    const reasons = await adoptWith({
      player_state_preset: [{ ...smallSite.player_state_preset?.[0], name: "" }],
      gamedata_battlereport: [
        { ...report(21, 7, "Battle Report\nTier\t2\n"), checksum: "" },
        report(22, 7, "x".repeat(262_145)),
        { ...report(23, 7, "\nBattle Report\nTier\t2"), checksum: "a".repeat(64) },
        { ...report(24, 7, "another"), checksum: "a".repeat(64) },
      ],
      definitions_wikidata: (smallSite.definitions_wikidata ?? []).map((row) => ({
        ...row,
        ...(row.id === 11 ? { first_seen: time(24) } : {}),
        ...(row.id === 14 ? { content_hash: "" } : {}),
      })),
    })
    expect(reasons).toContain('player_state_preset 9: it is called "Preset 9"')
    expect(reasons).toContain(
      "gamedata_battlereport 21: it has no valid checksum; a new one is computed",
    )
    expect(reasons).toContain("gamedata_battlereport 22: its text is longer than 262144 bytes")
    expect(reasons).toContain(
      "gamedata_battlereport 24: its player has another report of its checksum",
    )
    expect(reasons).toContain("definitions_wikidata 11: it was seen last before it was seen first")
    expect(reasons).toContain(
      "definitions_wikidata 14: it has no valid hash; a new one is computed",
    )
  })

  test("levels whose parameters a purge took are those of the entity's columns, in their order", async () => {
    const reasons = await adoptWith({
      player_state_playerultimateweaponparameter: levels("ultimate_weapon", 2, [5, 9, 2], true),
      player_state_playerguardianchipparameter: levels("guardian_chip", 3, [6, 5], true),
    })
    expect(reasons).toContain(
      "player_state_playerultimateweaponparameter 21: a purge took its parameter; by its place it is duration",
    )
    expect(reasons).toContain(
      "player_state_playerguardianchipparameter 30, 31: a purge took its parameter, and the 2 such levels of ally are not one for each of its 3 parameters",
    )
    expect(
      await rows(`
        select key, level from player_state.parameter_progress
        join player_state.progress on progress.id = progress_id
        where slug in ('black_hole', 'ally') order by key`),
    ).toEqual([
      { key: "cooldown", level: 2 },
      { key: "duration", level: 9 },
      { key: "size", level: 5 },
    ])
  })

  test("of two levels of one parameter the higher wins and the other is kept aside", async () => {
    const own = levels("ultimate_weapon", 2, [5, 9, 2])
    const reasons = await adoptWith({
      player_state_playerultimateweaponparameter: [
        ...own,
        ...levels("ultimate_weapon", 2, [7, 3, 2], true).map((row, index) => ({
          ...row,
          id: 40 + index,
        })),
      ],
    })
    expect(reasons).toContain(
      "player_state_playerultimateweaponparameter 20, 41, 42: another row of its parameter has the higher level",
    )
    expect(
      await rows(`
        select key, level from player_state.parameter_progress
        join player_state.progress on progress.id = progress_id
        where slug = 'black_hole' order by key`),
    ).toEqual([
      { key: "cooldown", level: 2 },
      { key: "duration", level: 9 },
      { key: "size", level: 7 },
    ])
  })

  test("values of another type than their column's, and rows that refer to nothing, are kept aside", async () => {
    const reasons = await adoptWith({
      player_state_playerbotparameter: [
        ...levels("bot", 1, [3, 1, 4, 1]).map((row, index) => ({
          ...row,
          level: index === 0 ? "many" : (row.level ?? 0),
        })),
        ...levels("bot", 99, [1]),
      ],
      gamedata_battlereportprogress: [{ ...progress, battle_date: "yesterday" }],
      gamedata_runbot: [
        { id: 1, notes: "", battle_report_id: 999, bot_definition_id: 1, player_id: 7 },
        { id: 2, notes: "", battle_report_id: 21, bot_definition_id: 99, player_id: 7 },
      ],
    })
    expect(reasons).toContain("player_state_playerbotparameter 10: its level is no integer")
    expect(reasons).toContain(
      "player_state_playerbotparameter 990: the row of player_state_playerbot that it belongs to is not there",
    )
    expect(reasons).toContain("gamedata_battlereportprogress 1: its battle_date is no time")
    expect(reasons).toContain("gamedata_runbot 1: its report has no place here")
    expect(reasons).toContain("gamedata_runbot 2: its definition has no place here")
  })

  test("of two patches of one label the later gets its date, and a unit nobody knows is a count", async () => {
    await adoptWith({
      definitions_patchboundary: [
        { id: 1, boundary_date: "2026-01-05", label: "V28" },
        { id: 2, boundary_date: "2025-12-09", label: "v28" },
      ],
      definitions_botparameterdefinition: (smallSite.definitions_botparameterdefinition ?? []).map(
        (row) => ({ ...row, unit_kind: "parsecs" }),
      ),
    })
    expect(await rows("select id::int, label from definitions.patch_boundary order by id")).toEqual(
      [
        { id: 1, label: "V28 (2026-01-05)" },
        { id: 2, label: "v28" },
      ],
    )
    expect(await rows("select distinct unit_kind as unit from definitions.parameter")).toEqual([
      { unit: "count" },
    ])
  })

  test("a character that the database cannot hold is kept aside in another form", async () => {
    const reasons = await adoptWith({
      gamedata_battlereport: [report(21, 7, "Battle\0Report")],
      gamedata_battlereportprogress: [],
      player_state_preset: [{ ...smallSite.player_state_preset?.[0], notes: "a\0b" }],
    })
    expect(reasons).toContain(
      "gamedata_battlereport 21: its raw_text has a character that the database cannot hold",
    )
    expect(reasons).toContain(
      "player_state_preset 9: its notes has a character that the database cannot hold",
    )
  })
})
