import { expect, test } from "bun:test"
import { join } from "node:path"
import { onEachDatabase, onServer } from "../support/databases.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { adoptFrom, everything, fatesIn, reasonsIn, select, verifyFrom } from "./adopting.ts"
import { writePostgres, writeSqlite } from "./django-site.ts"
import { allyRow, goldenBotRow, levels, report, smallSite, time } from "./small-site.ts"

onEachDatabase("an adopted site", (database) => {
  const folder = folderOfEachTest()
  const file = () => join(folder(), "db.sqlite3")
  const rows = (statement: string) => select(database, statement)
  const one = async (statement: string) => (await rows(statement))[0]

  test("an adoption brings a player with everything that belongs to it", async () => {
    writeSqlite(file(), smallSite)
    const { changes } = await adoptFrom(database, file(), "write")
    expect(changes).toBeGreaterThan(40)
    expect(
      await one(`
        select account.id::int as account, username, player.id::int as player, display_name,
          time_zone, card_slots_unlocked
        from player_state.player join player_state.account on account.id = account_id`),
    ).toEqual({
      ...{ account: 5, username: "alice", player: 7, display_name: "Ålice ✨" },
      ...{ time_zone: "UTC", card_slots_unlocked: 12 },
    })
    expect(
      await one(`
        select string_agg(slug || ' ' || key || ' ' || level, ', ' order by slug, key) as levels,
          bool_and(parameter_id is not null and definition_id is not null) as linked
        from player_state.parameter_progress
        join player_state.progress using (player_id) where progress.id = progress_id`),
    ).toEqual({
      levels:
        "ally cooldown 5, ally max_recovery 3, ally recovery_amount 6, black_hole cooldown 2, black_hole duration 9, black_hole size 5, golden_bot cooldown 1, golden_bot duration 3, golden_bot multiplier 4, golden_bot range 1",
      linked: true,
    })
    expect(
      await one(`
        select name, slug, target_level, goal.notes, goal.key
        from player_state.progress_preset
        join player_state.preset on preset.id = preset_id
        join player_state.progress on progress.id = progress_id
        cross join lateral (select * from player_state.goal) as goal (player_id, kind, slug_, key, target_level)`),
    ).toMatchObject({ name: "Farming", slug: "damage", target_level: 20, key: "duration" })
  })

  test("an adoption brings reports to the byte, with what was set by hand", async () => {
    writeSqlite(file(), smallSite)
    await adoptFrom(database, file(), "write")
    expect(
      await one(`
        select raw_text, to_char(parsed_at at time zone 'UTC', 'DD HH24:MI:SS.US') as parsed,
          tier, is_tournament, preset_id::int as preset, preset_name, coins_earned::text as coins,
          values ->> 'waves' as waves, read_by, tournament_rank, is_hidden,
          concat(dissonance_type, ' ', dissonance_levels ->> 'attack') as dissonance,
          (select string_agg(role, ' ' order by role) from gamedata.run_ultimate_weapon) as roles,
          (select notes from gamedata.run_bot) as notes
        from gamedata.battle_report
        join gamedata.battle_report_progress on battle_report_id = id
        join gamedata.battle_report_metrics using (battle_report_id)`),
    ).toEqual({
      ...{ raw_text: smallSite.gamedata_battlereport?.[0]?.raw_text, parsed: "05 03:00:00.123456" },
      ...{ tier: 14, is_tournament: true, preset: 9, preset_name: "Farming", coins: "4240000" },
      ...{ tournament_rank: "gold", is_hidden: true, dissonance: "attack 3" },
      ...{ waves: "12", read_by: null, roles: "combat utility", notes: "by hand" },
    })
  })

  test("a check says what the write does and changes nothing", async () => {
    writeSqlite(file(), smallSite)
    const before = await everything(database)
    const check = await adoptFrom(database, file(), "check")
    expect(await everything(database)).toBe(before)
    const write = await adoptFrom(database, file(), "write")
    expect(fatesIn(write)).toEqual(fatesIn(check))
    expect(write.total).toEqual(check.total)
    expect(write.units.filter((unit) => "verified" in unit && !unit.holds)).toEqual([])
    expect(write.units.filter((unit) => "next" in unit)).toEqual([
      { next: "rebuild-wiki-definitions --skip-fetch", rows: 24, not_understood: 6 },
      { next: "sync-player-state --all", players: 0 },
      { next: "reparse-battle-reports", reports: 2 },
    ])
  })

  test("a second adoption of the same site changes nothing", async () => {
    writeSqlite(file(), smallSite)
    await adoptFrom(database, file(), "write")
    const before = await everything(database)
    const { changes, total } = await adoptFrom(database, file(), "write")
    expect({ changes, copied: total.copied }).toEqual({ changes: 0, copied: 0 })
    expect(await everything(database)).toBe(before)
  })

  test("a later adoption brings what is new and levels that rose, and reports the rest", async () => {
    writeSqlite(file(), smallSite)
    await adoptFrom(database, file(), "write")
    await database.sql`update player_state.player set display_name = 'Here'`
    await database.sql`update player_state.parameter_progress set level = 9 where key = 'range'`
    const [user, player] = [smallSite.auth_user?.[0], smallSite.player_state_player?.[0]]
    writeSqlite(file(), {
      ...smallSite,
      auth_user: [{ ...user }, { ...user, id: 6, username: "bob", date_joined: time(21) }],
      player_state_player: [
        { ...player, display_name: "There" },
        { ...player, id: 8, user_id: 6 },
      ],
      player_state_playerbotparameter: levels("bot", 1, [3, 1, 8, 1]),
      gamedata_battlereport: [
        ...(smallSite.gamedata_battlereport ?? []),
        report(23, 8, "Battle Report\nTier\t5\n"),
      ],
    })
    const outcome = await adoptFrom(database, file(), "write")
    expect(outcome.total).toMatchObject({ raised: 1, differing: 1 })
    expect(outcome.units).toContainEqual({
      ...{ differs: "player_state_player", id: "7", column: "display_name" },
      ...{ here: "Here", there: "There" },
    })
    expect(
      await one(`
        select string_agg(key || ' ' || level, ', ' order by key) as levels,
          (select count(*)::int from gamedata.battle_report) as reports,
          (select count(*)::int from player_state.account) as accounts
        from player_state.parameter_progress join player_state.progress on progress.id = progress_id
        where slug = 'golden_bot'`),
    ).toEqual({
      levels: "cooldown 1, duration 3, multiplier 8, range 9",
      reports: 3,
      accounts: 2,
    })
  })

  test("a row that was added here and has the number of a new one there keeps it", async () => {
    writeSqlite(file(), smallSite)
    await adoptFrom(database, file(), "write")
    await database.sql`
      insert into gamedata.battle_report (player_id, raw_text, checksum)
      values (7, 'Battle Report', ${"a".repeat(64)})`
    const reports = smallSite.gamedata_battlereport ?? []
    writeSqlite(file(), {
      ...smallSite,
      gamedata_battlereport: [...reports, report(23, 7, "Battle Report\nTier\t5\n")],
    })
    await adoptFrom(database, file(), "write")
    expect(
      await rows(`select id::int, raw_text from gamedata.battle_report where id > 22 order by 1`),
    ).toEqual([
      { id: 23, raw_text: "Battle Report" },
      { id: 24, raw_text: "Battle Report\nTier\t5\n" },
    ])
    const { changes } = await adoptFrom(database, file(), "write")
    expect(changes).toBe(0)
  })

  test("a verification names what is missing, lower or another than in the source", async () => {
    writeSqlite(file(), smallSite)
    await adoptFrom(database, file(), "write")
    expect((await verifyFrom(database, file())).problems).toEqual([])
    await database.sql`update player_state.parameter_progress set level = 0 where key = 'size'`
    await database.sql`update gamedata.battle_report set raw_text = raw_text || ' ' where id = 22`
    await database.sql`delete from gamedata.run_bot`
    expect((await verifyFrom(database, file())).problems).toEqual([
      "player_state_playerultimateweaponparameter: 1 row(s) have gone on in the source",
      "gamedata_runbot: 1 row(s) are not here",
      "sum of levels: 39 in the source, 34 here and 0 aside or merged",
      "texts of reports with their checksums: 2 in the source, 1 here and 0 aside or merged; not those of the reports 22",
    ])
  })

  test("reports, players and users of more than one batch all come", async () => {
    const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
    const [user, player] = [smallSite.auth_user?.[0], smallSite.player_state_player?.[0]]
    writeSqlite(file(), {
      auth_user: numbers(1100).map((id) => ({ ...user, id, username: `user${id}` })),
      player_state_player: numbers(1100).map((id) => ({ ...player, id, user_id: id })),
      gamedata_battlereport: numbers(1100).map((id) =>
        report(id, 1101 - id, `Battle Report ${id}`),
      ),
    })
    await adoptFrom(database, file(), "write")
    expect(
      await one(
        "select count(*)::int as reports, max(id)::int as last from gamedata.battle_report",
      ),
    ).toEqual({ reports: 1100, last: 1100 })
  })

  test("passwords, mail addresses and permissions are not copied, not even aside", async () => {
    writeSqlite(file(), smallSite)
    await adoptFrom(database, file(), "write")
    const all = await everything(database)
    expect(all).toContain("Alice")
    for (const secret of ["pbkdf2", "example.org", "password", "email", "is_superuser", "is_staff"])
      expect(all).not.toContain(secret)
  })

  test("tables of a chip are numbered among its own, and what has left the page is deprecated", async () => {
    writeSqlite(file(), {
      ...smallSite,
      definitions_wikidata: [
        allyRow(1, "1", 3, { last_seen: time(9) }),
        allyRow(2, "7", 3, { last_seen: time(9) }),
        allyRow(3, "1", 2),
        allyRow(4, "2", 2),
      ],
    })
    const outcome = await adoptFrom(database, file(), "write")
    expect(
      await rows(`
        select id::int, source_section as section, entity_id as entity, deprecated,
          to_char(first_seen at time zone 'UTC', 'DD') as first,
          to_char(last_seen at time zone 'UTC', 'DD') as last
        from definitions.wiki_data order by id`),
    ).toEqual(
      [
        { id: 1, entity: "ally__level_1__star_none", deprecated: false, first: "01", last: "20" },
        { id: 2, entity: "ally__level_7__star_none", deprecated: true, first: "01", last: "09" },
        { id: 4, entity: "ally__level_2__star_none", deprecated: false, first: "01", last: "20" },
      ].map((row) => ({ ...row, section: "guardian_chips_ally_table_0" })),
    )
    expect(await rows("select distinct headers from definitions.wiki_data")).toEqual([
      { headers: ["Recovery Amount", "Bits", "Cooldown (s)", "Bits__2", "Max Recovey", "Bits__3"] },
    ])
    expect(reasonsIn(outcome)).toContain("definitions_wikidata 3: it is one with row 1")
    expect(
      await rows(`
        select source_id::int as id, row ->> 'last_seen' as last from towerstats.adopted_row
        where source_table = 'definitions_wikidata' and why like '%were merged into it' order by 1`),
    ).toEqual([{ id: 1, last: time(9) }])
  })

  test("sums and entities that nobody knows come along as history", async () => {
    const unknown = goldenBotRow(3, "1", "5")
    writeSqlite(file(), {
      ...smallSite,
      definitions_wikidata: [
        goldenBotRow(1, "1", "100"),
        goldenBotRow(2, "Total", "240"),
        {
          ...goldenBotRow(3, "1", "5"),
          raw_row: { ...Object(unknown.raw_row), _wiki_entity_id: "iron_bot" },
          entity_id: "iron_bot__level_1__star_none",
        },
      ],
    })
    const outcome = await adoptFrom(database, file(), "write")
    expect(
      await rows(`select id::int from definitions.wiki_data where deprecated order by 1`),
    ).toEqual([{ id: 2 }, { id: 3 }])
    expect(reasonsIn(outcome)).toContain(
      'definitions_wikidata 3: deprecated: the suite knows no bot "iron_bot"',
    )
  })

  test("what the wiki says is merged where a deploy has read it before", async () => {
    await database.sql`
      insert into definitions.wiki_data (
        page_url, canonical_name, entity_id, content_hash, headers, raw_row, source_section,
        parse_version, first_seen, last_seen
      )
      select ${String(goldenBotRow(1, "1", "100").page_url)}, 'Golden Bot', 'golden_bot__level_1__star_none',
        ${String(goldenBotRow(1, "1", "100").content_hash)}, '{Level}',
        ${JSON.stringify(goldenBotRow(1, "1", "100").raw_row)}::text::jsonb, 'bots_golden_bot_table_0', 'bots_v1',
        '2026-02-01', '2026-02-01'`
    writeSqlite(file(), smallSite)
    await adoptFrom(database, file(), "write")
    expect(
      await rows(`
        select id::int, to_char(first_seen at time zone 'UTC', 'YYYY-MM') as first, content_hash = '${goldenBotRow(1, "1", "100").content_hash}' as same
        from definitions.wiki_data where entity_id like 'golden%' order by 1`),
    ).toEqual([
      { id: 1, first: "2025-12", same: true },
      { id: 12, first: "2025-12", same: false },
      { id: 13, first: "2025-12", same: false },
    ])
    const { changes } = await adoptFrom(database, file(), "write")
    expect(changes).toBe(0)
  })
})

onServer("a site on the same server", (database) => {
  const folder = folderOfEachTest()
  test("a site in PostgreSQL and the same in SQLite leave the same behind", async () => {
    const file = join(folder(), "db.sqlite3")
    writeSqlite(file, smallSite)
    await writePostgres(database.sql, smallSite)
    const fromServer = await adoptFrom(database, database.url, "check")
    const fromFile = await adoptFrom(database, file, "write")
    expect(fatesIn(fromServer)).toEqual(fatesIn(fromFile))
    const before = await everything(database)
    expect((await adoptFrom(database, database.url, "write")).changes).toBe(0)
    expect(await everything(database)).toBe(before)
    expect((await verifyFrom(database, database.url)).problems).toEqual([])
  })
})
