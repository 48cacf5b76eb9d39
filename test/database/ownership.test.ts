import { expect, test } from "bun:test"
import { onFilledDatabase } from "../support/databases.ts"
import { fillWithDemo } from "../support/demo-data.ts"
import { refusalOf, rolledBack } from "../support/refusal.ts"

onFilledDatabase("the database's own rules", fillWithDemo, (database) => {
  const refusal = (...statements: readonly string[]) => refusalOf(database.sql, ...statements)

  const alice = "(select id from player_state.player where display_name = 'alice')"
  const bob = "(select id from player_state.player where display_name = 'bob')"

  test("the database refuses to change or delete what the wiki once said", async () => {
    expect(await refusal("delete from definitions.wiki_data where id = 1")).toContain("history")
    expect(await refusal("truncate definitions.wiki_data cascade")).toContain("history")
    for (const change of [
      "content_hash = repeat('0', 64)",
      "raw_row = '{}'",
      "headers = '{}'",
      "entity_id = 'x'",
      "first_seen = now()",
    ])
      expect(await refusal(`update definitions.wiki_data set ${change} where id = 1`)).toContain(
        "cannot change",
      )
    expect(await refusal("update definitions.wiki_data set deprecated = true where id = 1")).toBe(
      "accepted",
    )
  })

  test("the database refuses a definition, parameter or level that contradicts its kind", async () => {
    const parameter = (kind: string) => `
      insert into definitions.parameter (definition_id, kind, key, display_name, unit_kind)
      select id, '${kind}', 'size', 'Size', 'count' from definitions.definition
      where kind = 'card' limit 1`
    expect(await refusal(parameter("card"))).toContain("parameter_kind_check")
    expect(await refusal(parameter("bot"))).toContain("foreign key")
    expect(
      await refusal(
        "update definitions.parameter_level set currency = 'stones' where kind = 'bot'",
      ),
    ).toContain("currency_of_kind")
    expect(
      await refusal("update definitions.parameter_level set level = -1 where level = 0"),
    ).toContain("level_check")
    expect(
      await refusal("update definitions.parameter set key = 'luck' where key = 'range'"),
    ).toContain("parameter_key")
  })

  test("the database refuses a write through a read-only view", async () => {
    for (const view of ["card", "bot", "ultimate_weapon", "guardian_chip"])
      for (const write of [
        `delete from definitions.${view}`,
        `update definitions.${view} set name = 'x'`,
        `insert into definitions.${view} (slug, name, wiki_page_url) values ('x', 'x', 'x')`,
      ])
        expect(await refusal(write)).toContain(`definitions.${view} is there to be read`)
    for (const view of ["card_slot", "latest_wiki_row"])
      expect(await refusal(`delete from definitions.${view}`)).toContain("cannot delete from view")
  })

  test("the database refuses to link progress to another entity's definition", async () => {
    expect(
      await refusal(`
        update player_state.progress set definition_id =
          (select id from definitions.definition where slug = 'flame_bot')
        where slug = 'golden_bot'`),
    ).toContain("foreign key")
    expect(
      await refusal(`
        update player_state.parameter_progress set parameter_id =
          (select id from definitions.parameter where key = 'size')
        where key = 'range'`),
    ).toContain("foreign key")
  })

  test("the database refuses a player's row that refers to another player's", async () => {
    expect(
      await refusal(`update player_state.parameter_progress set player_id = ${bob}
        where player_id = ${alice}`),
    ).toContain("foreign key")
    expect(
      await refusal(`update gamedata.battle_report_progress set player_id = ${bob}`),
    ).toContain("foreign key")
    expect(
      await refusal(`insert into gamedata.run_bot (battle_report_id, player_id, slug)
        select id, ${bob}, 'x' from gamedata.battle_report`),
    ).toContain("foreign key")
    expect(
      await refusal(`
        insert into player_state.preset (player_id, name) values (${bob}, 'his');
        update gamedata.battle_report_progress set preset_id =
          (select id from player_state.preset where name = 'his')`),
    ).toContain("foreign key")
  })

  test("the database refuses an active entity that is locked or not a chip, and a third active chip", async () => {
    const chips = `kind = 'guardian_chip' and player_id = ${alice}`
    expect(
      await refusal(`update player_state.progress set active = true where ${chips}`),
    ).toContain("only_unlocked_chips_are_active")
    const unlock = "update player_state.progress set unlocked = true"
    expect(
      await refusal(
        unlock,
        "update player_state.progress set active = true where slug = 'golden_bot'",
      ),
    ).toContain("only_unlocked_chips_are_active")
    const activate = (...slugs: readonly string[]) => `
      update player_state.progress set active = true
      where ${chips} and slug in (${slugs.map((slug) => `'${slug}'`).join()})`
    expect(await refusal(unlock, activate("ally", "attack"))).toBe("accepted")
    expect(await refusal(unlock, activate("ally", "attack"), activate("fetch"))).toContain(
      "more than two active guardian chips",
    )
    expect(
      await refusal(
        unlock,
        `update player_state.progress set active = true where slug in ('ally', 'attack')`,
        `delete from player_state.progress where player_id = ${alice} and not active`,
        `delete from player_state.parameter_progress`,
        `update player_state.progress set player_id = ${alice}, slug = 'his_' || slug, definition_id = null
         where player_id = ${bob} and active`,
      ),
    ).toContain("more than two active guardian chips")
  })

  test("the database refuses a level for a locked entity, and locking an entity that has levels", async () => {
    const level = "update player_state.parameter_progress set level = 3 where key = 'range'"
    expect(await refusal(level)).toContain("is locked")
    const unlock = "update player_state.progress set unlocked = true"
    expect(await refusal(unlock, level)).toBe("accepted")
    const lock = "update player_state.progress set unlocked = false where slug = 'golden_bot'"
    expect(await refusal(unlock, level, lock)).toContain("cannot be locked")
    const lockOther = lock.replace("golden_bot", "flame_bot")
    const move = `
      update player_state.parameter_progress as moved set progress_id = other.id
      from player_state.progress as mine, player_state.progress as other
      where (mine.player_id, mine.id) = (moved.player_id, moved.progress_id) and key = 'cooldown'
        and mine.slug = 'golden_bot' and other.slug = 'flame_bot' and other.player_id = mine.player_id`
    const free = `
      delete from player_state.parameter_progress as theirs using player_state.progress as mine
      where (mine.player_id, mine.id) = (theirs.player_id, theirs.progress_id) and slug = 'flame_bot'`
    const reach = "update player_state.parameter_progress set level = 3 where key = 'cooldown'"
    expect(await refusal(unlock, free, lockOther, reach.replace("3", "0"), move)).toBe("accepted")
    expect(await refusal(unlock, free, reach, lockOther, move)).toContain("is locked")
  })

  test("the database refuses the same report, preset, account or patch label twice", async () => {
    expect(
      await refusal(`insert into gamedata.battle_report (player_id, raw_text, checksum)
        select player_id, 'x', checksum from gamedata.battle_report`),
    ).toContain("unique")
    expect(
      await refusal(`insert into player_state.preset (player_id, name) values (${alice}, 'main')`),
    ).toContain("unique")
    expect(await refusal("insert into player_state.account (username) values ('alice')")).toContain(
      "unique",
    )
    expect(
      await refusal(`insert into definitions.patch_boundary (boundary_date, label)
        values ('2026-01-01', 'V1'), ('2026-02-01', 'v1')`),
    ).toContain("unique")
  })

  test("the database refuses to let a transaction of the suite delete a player's rows", async () => {
    const tables = await database.sql<{ name: string }[]>`
      select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema in ('player_state', 'gamedata')`
    expect(tables).toHaveLength(13)
    for (const { name } of tables) {
      const suite = "set local towerstats.maintenance = 'on'"
      expect(await refusal(suite, `delete from ${name}`)).toContain(`never delete from ${name}`)
      expect(await refusal(suite, `truncate ${name} cascade`)).toContain("never delete from")
    }
  })

  test("when definitions are deleted, player rows keep everything but the link", async () => {
    const rows = () => database.sql`
      select p.id, p.slug, p.unlocked, pp.key, pp.level from player_state.progress p
      left join player_state.parameter_progress pp on progress_id = p.id order by p.id, key`
    await rolledBack(database.sql, async () => {
      const before = await rows()
      await database.sql.unsafe("delete from definitions.definition")
      expect(await rows()).toEqual(before)
      const [links] = await database.sql`
        select count(definition_id)::int as linked from player_state.progress`
      expect(links).toMatchObject({ linked: 0 })
    })
  })
})
