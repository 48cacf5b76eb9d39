import { expect, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { applyMigrations } from "../../lib/database/apply-migrations.ts"
import { onServer } from "../support/databases.ts"
import { withFolder } from "../support/folders.ts"
import { withSql } from "../support/sessions.ts"

onServer("a migration of a table that the site uses", (database) => {
  const addColumn = (patience: Duration.Input) =>
    withFolder(async (folder) => {
      await database.sql`delete from towerstats.schema_migration`
      const text = "alter table player_state.account add column extra text"
      await writeFile(join(folder, "0001_add.sql"), text)
      const limit = Duration.fromInputUnsafe(patience)
      return database.run(Effect.result(applyMigrations(limit, folder)))
    })

  /** Has the site use the table until what is done meanwhile has ended, or it lets go itself. */
  const whileInUse = <A>(use: (letGo: () => void) => Promise<A>) =>
    withSql(database.url, (site) =>
      site.begin(async (sql) => {
        await sql`set local application_name = 'the site'`
        await sql`update player_state.account set username = username`
        const released = Promise.withResolvers<void>()
        const result = use(released.resolve)
        await Promise.race([released.promise, result])
        return { result }
      }),
    ).then(({ result }) => result)

  test("a migration of a busy table lets the site pass, and gives up naming who uses the table", async () => {
    let longest = 0
    let isOver = false
    const visit = async () => {
      while (!isOver) {
        const started = performance.now()
        await withSql(database.url, (site) => site`select count(*) from player_state.account`)
        longest = Math.max(longest, performance.now() - started)
        await Bun.sleep(20)
      }
    }
    const result = await whileInUse(async () => {
      const visitor = visit()
      const migrated = await addColumn("4 seconds")
      isOver = true
      await visitor
      return migrated
    })
    expect(result).toMatchObject({ failure: { _tag: "MigrationBlocked", migration: "0001_add" } })
    expect(JSON.stringify(result)).toMatch(/database session \d+ \(the site\)/)
    expect(longest).toBeGreaterThan(400)
    expect(longest).toBeLessThan(2_500)
  })

  test("a migration of a busy table is applied as soon as the table is free", async () => {
    const result = await whileInUse((letGo) => {
      const migrated = addColumn("30 seconds")
      setTimeout(letGo, 2_500)
      return migrated
    })
    expect(result).toMatchObject({ success: [{ name: "add" }] })
  })
})
