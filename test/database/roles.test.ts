import { afterAll, beforeAll, expect, test } from "bun:test"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { reparseReports } from "../../lib/battle-reports/reparse/reparse.ts"
import { everyReport } from "../../lib/battle-reports/reparse/selection.ts"
import { execute } from "../../lib/database/query.ts"
import { type Mode, transaction } from "../../lib/database/transaction.ts"
import { purgeDefinitions } from "../../lib/definitions/purge.ts"
import { syncAllPlayers } from "../../lib/player-state/sync.ts"
import { databaseStatus } from "../../lib/status.ts"
import { migrateAll, onFilledDatabase, onServer, runOn } from "../support/databases.ts"
import { fillWithDemo } from "../support/demo-data.ts"
import { demoPages } from "../support/demo-files.ts"
import { refusalOf } from "../support/refusal.ts"
import { addressFor, createRoles, dropRoles, type Roles } from "../support/roles.ts"
import { runScript } from "../support/scripts.ts"
import { createDatabase, dropDatabase } from "../support/server-databases.ts"
import { withSql } from "../support/sessions.ts"

onFilledDatabase("the roles of an installation", fillWithDemo, (database) => {
  let roles: Roles
  beforeAll(async () => {
    roles = await createRoles(database.sql)
  })
  afterAll(() => dropRoles(database.sql, roles))

  const as = (role: keyof Roles, ...statements: readonly string[]) =>
    refusalOf(database.sql, `set local role ${roles[role]}`, ...statements)

  const relations = async (kinds: string, ...schemas: readonly string[]) => {
    const listed = await database.sql<{ name: string }[]>`
      select oid::regclass::text as name from pg_class
      where relkind::text in (select string_to_table(${kinds}::text, ' '))
        and relnamespace::regnamespace::text in (select string_to_table(${schemas.join(" ")}::text, ' '))`
    return listed.map(({ name }) => name)
  }
  const everySchema = ["towerstats", "definitions", "player_state", "gamedata"]

  test("the site reads definitions and writes what belongs to players", async () => {
    for (const name of await relations("r v", "definitions", "player_state", "gamedata"))
      expect(await as("site", `select from ${name}`)).toBe("accepted")
    const carol = "(select max(id) from player_state.player)"
    expect(
      await as(
        "site",
        "insert into player_state.account (username) values ('carol')",
        `insert into player_state.player (account_id, display_name)
         select id, username from player_state.account where username = 'carol'`,
        `insert into player_state.preset (player_id, name) values (${carol}, 'farming')`,
        `insert into player_state.progress (player_id, kind, slug, unlocked)
         values (${carol}, 'guardian_chip', 'ally', true)`,
        "update player_state.progress set active = true where unlocked",
        `insert into player_state.parameter_progress (player_id, progress_id, key, level)
         select player_id, id, 'cooldown', 3 from player_state.progress where unlocked`,
        `insert into player_state.goal (player_id, kind, slug, key, target_level)
         values (${carol}, 'guardian_chip', 'ally', 'cooldown', 5)`,
        `insert into gamedata.battle_report (player_id, raw_text, checksum)
         values (${carol}, 'Battle Report', repeat('0', 64))`,
        "update gamedata.battle_report_progress set is_hidden = true, tournament_rank = 'gold'",
        "update player_state.player set time_zone = 'Europe/Vienna'",
        "delete from gamedata.battle_report",
        `delete from player_state.progress where player_id = ${carol}`,
      ),
    ).toBe("accepted")
  })

  test("the site changes neither definitions nor what the wiki said nor the suite's ledger", async () => {
    for (const name of await relations("r", "definitions", "towerstats"))
      for (const write of [
        `insert into ${name} default values`,
        `delete from ${name}`,
        `truncate ${name}`,
        `lock table ${name} in share update exclusive mode`,
      ])
        expect(await as("site", write)).toContain("permission denied")
    expect(await as("site", "update definitions.wiki_data set deprecated = true")).toContain(
      "permission denied",
    )
    expect(await as("site", "select from towerstats.schema_migration")).toContain(
      "permission denied",
    )
  })

  test("the site can switch off no guard and change no object of the suite's", async () => {
    const refused = /permission denied|must be owner|must have admin option|must be superuser/
    for (const statement of [
      "alter table player_state.progress disable trigger keep_two_active_chips",
      "alter table gamedata.battle_report disable trigger all",
      "drop trigger no_deletion on gamedata.battle_report",
      "alter table player_state.progress drop constraint only_unlocked_chips_are_active",
      "alter table player_state.progress enable row level security",
      "create policy nothing on player_state.progress using (false)",
      "create rule nothing as on update to player_state.progress do instead nothing",
      `create trigger own before update on player_state.progress
       for each row execute function suppress_redundant_updates_trigger()`,
      "create index own on player_state.progress (slug)",
      "create table player_state.own (id bigint)",
      "create function gamedata.own() returns integer language sql return 1",
      "alter function towerstats.is_maintenance() stable",
      "create schema own",
      "truncate player_state.progress cascade",
      "drop table gamedata.run_bot",
      "drop schema gamedata cascade",
      "set session_replication_role = replica",
      `grant ${roles.suite} to ${roles.site}`,
      `alter role ${roles.site} superuser`,
    ])
      expect([statement, await as("site", statement)]).toEqual([
        statement,
        expect.stringMatching(refused),
      ])
  })

  test("the suite's mark has no effect when the site sets it", async () => {
    const marked = `
      do $$ begin
        if exists (select from gamedata.battle_report_progress where read_by is not null) then
          raise 'still marked';
        end if;
      end $$`
    const mark = "set local towerstats.maintenance = 'on'"
    const change = "update gamedata.battle_report_metrics set values = '{}'"
    expect(await as("site", marked)).toContain("still marked")
    expect(await as("site", mark, change, marked)).toBe("accepted")
    expect(await as("suite", mark, change, marked)).toContain("still marked")
    expect(await as("site", mark, "delete from gamedata.run_bot")).toBe("accepted")
    expect(await as("suite", mark, "delete from gamedata.run_bot")).toContain("never delete")
  })

  test("the reader reads everything and writes nothing", async () => {
    for (const name of await relations("r v", ...everySchema))
      expect(await as("reader", `select from ${name}`)).toBe("accepted")
    for (const name of await relations("r", ...everySchema))
      for (const write of [`insert into ${name} default values`, `delete from ${name}`])
        expect(await as("reader", write)).toContain("permission denied")
    expect(await as("reader", "create table gamedata.own (id bigint)")).toContain(
      "permission denied",
    )
  })

  test("a table of a migration to come belongs to the same roles", async () => {
    await database.sql.unsafe("begin")
    await database.sql.unsafe(`
      set local role ${roles.suite};
      create table gamedata.coming (id bigint);
      create table definitions.coming (id bigint)`)
    const [may] = await database.sql`
      select has_table_privilege(${roles.site}::text, 'gamedata.coming', 'insert') as site_writes,
        has_table_privilege(${roles.site}::text, 'definitions.coming', 'select') as site_reads,
        has_table_privilege(${roles.site}::text, 'definitions.coming', 'insert') as site_defines,
        has_table_privilege(${roles.reader}::text, 'gamedata.coming', 'select') as reader_reads,
        has_table_privilege(${roles.reader}::text, 'gamedata.coming', 'insert') as reader_writes`
    await database.sql.unsafe("rollback")
    expect(may).toEqual({
      site_writes: true,
      site_reads: true,
      site_defines: false,
      reader_reads: true,
      reader_writes: false,
    })
  })
})

const reparse = (mode: Mode) => reparseReports({ mode, lockTimeout: Duration.zero }, everyReport)

const everything = Effect.gen(function* () {
  yield* fillWithDemo
  yield* execute((sql) => sql`update gamedata.battle_report_progress set wave = 1`)
  expect((yield* reparse("write")).total).toMatchObject({ failed: 0, unchanged: 0 })
  yield* transaction("write")(purgeDefinitions("write"))
  yield* transaction("write")(syncAllPlayers("write"))
})

onServer("an installation with roles", (database) => {
  /** A database whose public schema is closed, with an installation's roles. */
  const withRoles = async (
    prepare: (url: string) => Promise<unknown>,
    use: (url: string, roles: Roles) => Promise<void>,
  ) => {
    const url = await createDatabase()
    const roles = await withSql(url, async (sql) => {
      await sql.unsafe("revoke all on schema public from public")
      await prepare(url)
      return createRoles(sql)
    })
    try {
      await use(url, roles)
    } finally {
      await dropDatabase(url)
      await dropRoles(database.sql, roles)
    }
  }

  const worksForAll = async (url: string, { suite, reader, site }: Roles) => {
    const asSuite = runOn(addressFor(url, suite))
    await asSuite(migrateAll)
    await asSuite(everything)
    const environment = { DATABASE_URL: addressFor(url, reader) }
    const checks = [
      ["migrate", "--check"],
      ["rebuild-wiki-definitions", "--from", demoPages, "--check"],
      ["sync-player-state", "--all", "--check"],
      ["reparse-battle-reports", "--check"],
      ["purge-wiki-definitions", "--check"],
      ["status"],
      ["players", "list"],
    ] as const
    for (const [command, ...flags] of checks)
      expect(await runScript(command, flags, environment)).toMatchObject({
        exitCode: 0,
        stderr: "",
      })
    for (const role of [reader, site]) {
      const become = withSql(addressFor(url, role), (sql) => sql.unsafe(`set role ${suite}`))
      expect(await become.then(() => "accepted", String)).toContain("permission denied to set role")
      const written = await runScript("sync-player-state", ["--all", "--write"], {
        DATABASE_URL: addressFor(url, role),
      })
      expect(written.exitCode).toBe(1)
      expect(written.stderr).toContain("does not allow its user to do this: permission denied")
    }
  }

  test("the suite works as an owner that is no superuser, from the first migration on", () =>
    withRoles(async () => {}, worksForAll))

  test("roles that come after the first migration take over what is there", () =>
    withRoles((url) => runOn(url)(Effect.andThen(migrateAll, fillWithDemo)), worksForAll))

  test("the owner of a database who may create roles can make them, without being a superuser", async () => {
    const owner = `towerstats_${crypto.randomUUID().slice(0, 8)}_owner`
    const url = await createDatabase()
    await database.sql.unsafe(`create role ${owner} login createrole password '${owner}'`)
    try {
      await withSql(url, (sql) =>
        sql.unsafe(`alter database ${new URL(url).pathname.slice(1)} owner to ${owner}`),
      )
      await runOn(addressFor(url, owner))(migrateAll)
      const roles = await withSql(addressFor(url, owner), createRoles)
      await runOn(addressFor(url, roles.suite))(Effect.andThen(fillWithDemo, databaseStatus))
      await dropDatabase(url)
      await dropRoles(database.sql, roles)
    } finally {
      await database.sql.unsafe(`drop role ${owner}`)
    }
  })

  test("row security that hides rows from the suite is refused by the table's name", () =>
    withRoles(
      async () => {},
      async (url, { suite, reader }) => {
        await runOn(addressFor(url, suite))(Effect.andThen(migrateAll, fillWithDemo))
        const hide = (force: string) =>
          withSql(url, (sql) =>
            sql.unsafe(
              `alter table gamedata.battle_report enable row level security, ${force} row level security`,
            ),
          )
        const failure = (role: string) =>
          runOn(addressFor(url, role))(Effect.flip(reparse("check"))).then(({ message }) => message)
        await hide("no force")
        expect(await failure(reader)).toContain(
          'row-level security policy for table "battle_report"',
        )
        expect((await runOn(addressFor(url, suite))(reparse("check"))).total).toMatchObject({
          processed: 6,
        })
        await hide("force")
        expect(await failure(suite)).toContain(
          'row-level security policy for table "battle_report"',
        )
      },
    ))

  test("a schema that another role has made before is refused before anything is migrated", () =>
    withRoles(
      async () => {},
      async (url, { suite, site }) => {
        await withSql(url, (sql) => sql.unsafe(`alter schema definitions owner to ${site}`))
        const { message } = await runOn(addressFor(url, suite))(Effect.flip(migrateAll))
        expect(message).toContain(`The schema definitions of`)
        expect(message).toContain(`belongs to the role ${site}, but this is ${suite}`)
        const [ledger] = await withSql(
          url,
          (sql) => sql`
          select to_regclass('towerstats.schema_migration') is null as missing`,
        )
        expect(ledger).toEqual({ missing: true })
      },
    ))
})
