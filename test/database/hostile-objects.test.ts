import { expect, test } from "bun:test"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { addBoundary } from "../../lib/battle-reports/patches.ts"
import { reparseReports } from "../../lib/battle-reports/reparse/reparse.ts"
import { transaction } from "../../lib/database/transaction.ts"
import { purgeDefinitions } from "../../lib/definitions/purge.ts"
import { playersOutOfStep, syncAllPlayers } from "../../lib/player-state/sync.ts"
import { databaseStatus } from "../../lib/status.ts"
import { migrateAll, onEachDatabase } from "../support/databases.ts"
import { fillWithDemo } from "../support/demo-data.ts"
import { hostileSchema, hostileToOwnTypes } from "../support/hostile-objects.ts"
import { refusalOf } from "../support/refusal.ts"
import { withSetting } from "../support/sessions.ts"

const path = "search_path = hostile, pg_catalog"

/** Creates a role that may write everything, and looks up its own objects first. */
const intrusion = `
  create role intruder;
  grant usage on schema definitions, player_state, gamedata to intruder;
  grant select, insert, update, delete on all tables in schema definitions, player_state, gamedata
    to intruder;
  create schema site authorization intruder;
  set local role intruder;
  create function site.always(text, text) returns boolean language sql immutable as 'select true';
  create function site.never(text, text) returns boolean language sql immutable as 'select false';
  create function site.never(bigint, integer) returns boolean language sql immutable as 'select false';
  create operator site.= (leftarg = text, rightarg = text, function = site.always);
  create operator site.<> (leftarg = text, rightarg = text, function = site.never);
  create operator site.> (leftarg = bigint, rightarg = integer, function = site.never);
  set local search_path = site, pg_catalog`

onEachDatabase("a role with objects called like PostgreSQL's", (database) => {
  const attack = (...statements: readonly string[]) =>
    refusalOf(database.sql, intrusion, ...statements)

  test("every function of the schemas says where its names are looked up, or was bound when created", async () => {
    const functions = await database.sql<{ name: string; bound: boolean }[]>`
      select oid::regprocedure::text as name,
        coalesce(prosqlbody is not null or proconfig @> '{"search_path=pg_catalog, pg_temp"}', false)
          as bound
      from pg_proc
      where pronamespace::regnamespace::text
        in ('towerstats', 'definitions', 'player_state', 'gamedata')`
    expect(functions.length).toBeGreaterThan(5)
    expect(functions.filter(({ bound }) => !bound)).toEqual([])
  })

  test("a role's own operators get no content past the guard of the wiki's history", async () => {
    await database.run(fillWithDemo)
    for (const change of ["content_hash = repeat('0', 64)", "entity_id = 'x'", "raw_row = '{}'"])
      expect(await attack(`update definitions.wiki_data set ${change}`)).toContain("cannot change")
    expect(await attack("delete from definitions.wiki_data")).toContain("history")
  })

  test("a role's own operators activate no third chip and raise no locked level", async () => {
    await database.run(fillWithDemo)
    const chips = "kind operator(pg_catalog.=) 'guardian_chip'"
    expect(
      await attack(
        `update player_state.progress set unlocked = true where ${chips}`,
        `update player_state.progress set active = true where ${chips}`,
      ),
    ).toContain("more than two active guardian chips")
    expect(await attack("update player_state.parameter_progress set level = 3")).toContain(
      "is locked",
    )
  })

  test("the suite's mark means nothing from a role that is not the suite's", async () => {
    await database.run(fillWithDemo)
    const marked = async () => {
      const [row] = await database.sql`
        select count(read_by)::integer as reports from gamedata.battle_report_progress`
      return row?.reports
    }
    expect(await marked()).toBeGreaterThan(0)
    await database.sql.unsafe("begin")
    await database.sql.unsafe(`
      create role intruder;
      grant usage on schema gamedata to intruder;
      grant select, update, delete on all tables in schema gamedata to intruder;
      set local role intruder;
      set local towerstats.maintenance = 'on';
      update gamedata.battle_report_metrics set values = '{}'`)
    expect(await marked()).toBe(0)
    await database.sql.unsafe("delete from gamedata.run_bot")
    await database.sql.unsafe("rollback")
  })
})

const everything = Effect.gen(function* () {
  yield* fillWithDemo
  yield* transaction("write")(addBoundary({ date: "2026-01-01", label: "" }))
  yield* reparseReports(
    { mode: "write", lockTimeout: Duration.zero },
    { patch: "2026-01-01", limit: 3, shard: { index: 1, of: 1 } },
  )
  yield* transaction("check")(Effect.andThen(playersOutOfStep, databaseStatus))
  yield* transaction("write")(purgeDefinitions("write"))
  yield* transaction("write")(syncAllPlayers("write"))
})

onEachDatabase("hostile objects in the search path of every session", (database) => {
  test("no command runs an object that another role has called like PostgreSQL's", async () => {
    const { run, sql } = database
    await sql.unsafe(hostileSchema)
    try {
      // The embedded database has one session, with whatever was set in it.
      await sql.unsafe(`set ${path}`)
      await withSetting(database, path, async () => {
        await sql.unsafe("drop schema gamedata, player_state, definitions, towerstats cascade")
        await run(migrateAll)
        await sql.unsafe(hostileToOwnTypes)
        await run(everything)
      })
    } finally {
      await sql.unsafe("reset search_path; drop schema hostile cascade")
    }
  })
})
