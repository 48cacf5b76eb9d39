import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import { copyFileSync, existsSync } from "node:fs"
import { join } from "node:path"
import { onEachDatabase, onServer } from "../support/databases.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { runHere } from "../support/run-here.ts"
import { adoptFrom } from "./adopting.ts"
import { djangoSchema, writePostgres, writeSqlite } from "./django-site.ts"
import { smallSite } from "./small-site.ts"

onEachDatabase("a source that cannot be adopted", (database) => {
  const folder = folderOfEachTest()
  const path = (name: string) => join(folder(), name)
  const refusal = (from: string) =>
    adoptFrom(database, from, "write").then(
      () => "adopted",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )

  test("a file that is not there is refused", async () => {
    expect(await refusal(path("none.sqlite3"))).toContain("there is no such file")
  })

  test("a folder is refused", async () => {
    expect(await refusal(folder())).toContain("it is not a file")
  })

  test("a file that is no database is refused", async () => {
    await Bun.write(path("text.sqlite3"), "hello, I am no database ".repeat(100))
    expect(await refusal(path("text.sqlite3"))).toContain("it is not an SQLite database")
    await Bun.write(path("cut.sqlite3"), "SQLite format 3\0and nothing else".repeat(100))
    expect(await refusal(path("cut.sqlite3"))).toContain("cannot be read")
  })

  test("a database of something else is refused with what was looked for", async () => {
    const other = new Database(path("other.sqlite3"))
    other.run("create table recipe (id integer primary key)")
    other.close()
    const message = await refusal(path("other.sqlite3"))
    expect(message).toContain("it lacks auth_user, definitions_wikidata")
    expect(message).toContain("It has recipe")
  })

  test("a site of a version too old is refused with what it lacks", async () => {
    const { checksum: _, ...reports } = djangoSchema.gamedata_battlereport ?? {}
    writeSqlite(path("old.sqlite3"), smallSite, { ...djangoSchema, gamedata_battlereport: reports })
    expect(await refusal(path("old.sqlite3"))).toContain("it lacks gamedata_battlereport.checksum")
  })

  test("a site that lacks tables and columns of newer versions is adopted without them", async () => {
    const { player_state_goaltarget: _, ...schema } = djangoSchema
    const { guardian_chip_slots_unlocked: __, ...player } = schema.player_state_player ?? {}
    writeSqlite(path("db.sqlite3"), smallSite, { ...schema, player_state_player: player })
    const { exitCode, stderr } = await runHere("adopt", ["--from", path("db.sqlite3"), "--check"], {
      DATABASE_URL: database.url,
    })
    expect(exitCode).toBe(0)
    expect(stderr).toContain(
      "adopted without player_state_player (guardian_chip_slots_unlocked), player_state_goaltarget",
    )
  })

  test("a file that another process writes to is refused", async () => {
    writeSqlite(path("db.sqlite3"), smallSite)
    const site = new Database(path("db.sqlite3"))
    site.run("begin exclusive")
    expect(await refusal(path("db.sqlite3"))).toContain("stop the site")
    site.close()
  })

  test("a file whose write-ahead log holds changes is refused, and without them it is adopted as it is", async () => {
    writeSqlite(path("db.sqlite3"), smallSite)
    const site = new Database(path("db.sqlite3"))
    site.run("pragma journal_mode = wal")
    site.run("update player_state_player set display_name = 'Later'")
    expect(await refusal(path("db.sqlite3"))).toContain("pragma wal_checkpoint(truncate)")
    site.run("pragma wal_checkpoint(truncate)")
    site.close()
    copyFileSync(path("db.sqlite3"), path("copy.sqlite3"))
    expect(await refusal(path("copy.sqlite3"))).toBe("adopted")
    expect(existsSync(path("copy.sqlite3-shm"))).toBe(false)
  })

  test("a database that already has players of its own is refused", async () => {
    writeSqlite(path("db.sqlite3"), smallSite)
    await database.sql`insert into player_state.account (username) values ('carol')`
    expect(await refusal(path("db.sqlite3"))).toContain("already has 1 account(s)")
  })

  test("another installation than the one that was adopted is refused", async () => {
    writeSqlite(path("db.sqlite3"), smallSite)
    await adoptFrom(database, path("db.sqlite3"), "write")
    const [user] = smallSite.auth_user ?? []
    writeSqlite(path("db.sqlite3"), {
      ...smallSite,
      auth_user: [{ ...user, date_joined: "2024-01-01T00:00:00.000000Z" }],
    })
    expect(await refusal(path("db.sqlite3"))).toContain("from another installation")
  })

  test("the password of an address is in no message", async () => {
    const { exitCode, stderr } = await runHere(
      "adopt",
      ["--from", "postgres://site:hidden@127.0.0.1:1/towerstats", "--check"],
      { DATABASE_URL: database.url },
    )
    expect(exitCode).toBe(1)
    expect(stderr).toContain("postgres://site@127.0.0.1:1/towerstats cannot be read")
    expect(stderr).not.toContain("hidden")
  })

  test("an address of another kind of database is wrong usage, and its password is not said again", async () => {
    const { exitCode, stderr } = await runHere("adopt", [
      "--from",
      "mysql://a:hidden@b/c",
      "--check",
    ])
    expect(exitCode).toBe(2)
    expect(stderr).toContain("not an address of mysql://")
    expect(stderr).not.toContain("hidden")
  })

  test("a verification takes no other intent, and none at all is refused", async () => {
    const both = await runHere("adopt", ["--from", "x", "--verify", "--write"])
    expect(both).toMatchObject({ exitCode: 2, stdout: "" })
    const neither = await runHere("adopt", ["--from", "x"])
    expect(neither).toMatchObject({ exitCode: 2, stdout: "" })
  })
})

onServer("a source on a server", (database) => {
  test("a table that a migration holds locked is waited for and then named", async () => {
    await writePostgres(database.sql, smallSite)
    await database.sql.begin(async (sql) => {
      await sql`lock table definitions_wikidata in access exclusive mode`
      const message = await adoptFrom(database, database.url, "check").then(
        () => "adopted",
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      )
      expect(message).toContain("as a migration of the site does")
    })
  })

  test("a site is left as it was, and a user that may only read is enough", async () => {
    await writePostgres(database.sql, smallSite)
    const [before] = await database.sql`select sum(xmin::text::bigint) from gamedata_battlereport`
    await adoptFrom(database, database.url, "write")
    const [after] = await database.sql`select sum(xmin::text::bigint) from gamedata_battlereport`
    expect(after).toEqual(before)
  })
})
