import { expect, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { applyMigrations } from "../../lib/database/apply-migrations.ts"
import { pendingMigrations, readMigrations } from "../../lib/database/migrations.ts"
import { onEachDatabase, type Services } from "../support/databases.ts"
import { withFolder } from "../support/folders.ts"
import { runHere } from "../support/run-here.ts"

const withFiles = <A>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<A>,
): Promise<A> =>
  withFolder(async (folder) => {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    return use(folder)
  })

onEachDatabase("migrations", (database) => {
  const apply = (folder: string) => applyMigrations(Duration.zero, folder)
  const failureOf = <E>(effect: Effect.Effect<unknown, E, Services>) =>
    database.run(Effect.flip(effect))

  test("a migrated database has nothing pending", async () => {
    expect(await database.run(pendingMigrations())).toEqual([])
  })

  test("a check lists the pending migrations and a write applies them, once", async () => {
    await database.sql.unsafe("drop schema gamedata, player_state, definitions, towerstats cascade")
    const environment = { DATABASE_URL: database.url }
    const check = await runHere("migrate", ["--check"], environment)
    expect(check.stdout).toContain("[CHECK] total pending=5")
    const [ledger] = await database.sql`
      select to_regclass('towerstats.schema_migration') is not null as found`
    expect(ledger).toMatchObject({ found: false })
    const write = await runHere("migrate", ["--write"], environment)
    expect(write.stdout.replaceAll("[WRITE]", "[CHECK]").replace("applied", "pending")).toBe(
      check.stdout,
    )
    const again = await runHere("migrate", ["--write"], environment)
    expect(again.stdout).toBe("[WRITE] total applied=0\n")
  })

  test("a failing migration is rolled back, and the ones before it stay", async () => {
    await database.sql.unsafe("delete from towerstats.schema_migration")
    const files = {
      "0001_good.sql": "create table towerstats.good (a int)",
      "0002_bad.sql": "create table towerstats.half (a int); select 1 / 0",
    }
    await withFiles(files, async (folder) => {
      expect((await failureOf(apply(folder))).message).toContain("division by zero")
    })
    const [found] = await database.sql`
      select to_regclass('towerstats.good') is not null as good,
        to_regclass('towerstats.half') is not null as half,
        (select array_agg(version) from towerstats.schema_migration) as ledger`
    expect(found).toMatchObject({ good: true, half: false, ledger: [1] })
  })

  test("an edited migration stops every command before anything runs", async () => {
    await database.sql`update towerstats.schema_migration set sha256 = repeat('0', 64) where version = 3`
    const environment = { DATABASE_URL: database.url }
    const migrate = await runHere("migrate", ["--write"], environment)
    expect(migrate).toMatchObject({ exitCode: 1, stdout: "" })
    expect(migrate.stderr).toContain("0003_definitions was edited")
    const purge = await runHere("purge-wiki-definitions", ["--force"], environment)
    expect(purge).toMatchObject({ exitCode: 1, stdout: "" })
  })

  test("CRLF line ends and a desktop's hidden files do not change what a migration is", async () => {
    const read = (files: Readonly<Record<string, string>>) =>
      withFiles(files, (folder) => database.run(readMigrations(folder)))
    const unix = await read({ "0001_good.sql": "select 1;\nselect 2;\n" })
    expect(unix).toHaveLength(1)
    expect(await read({ "0001_good.sql": "select 1;\r\nselect 2;\r\n", ".DS_Store": "x" })).toEqual(
      unix,
    )
  })

  test("a file that is not named like a migration is refused by name", async () => {
    await withFiles({ "2-thing.sql": "" }, async (folder) => {
      await expect(database.run(pendingMigrations(folder))).rejects.toThrow(
        "2-thing.sql is not named",
      )
    })
  })
})
