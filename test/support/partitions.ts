import { join } from "node:path"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { applyMigrations } from "../../lib/database/apply-migrations.ts"
import { readMigrations } from "../../lib/database/migrations.ts"
import { execute } from "../../lib/database/query.ts"

/** Into how many partitions each table is divided. */
export const partitionCount = 8

// The tables of 0004 and 0005; what an account and a player are stays whole.
const playerTable =
  /create table ((?:player_state|gamedata)\.(?!account |player )\w+) (\(\n[\s\S]*?\n\));/g

const partition = (text: string): string =>
  text.replace(playerTable, (_, table: string, definition: string) =>
    [
      `create table ${table} ${definition} partition by hash (player_id);`,
      ...Array.from(
        { length: partitionCount },
        (_, remainder) =>
          `create table ${table}_${remainder} partition of ${table} for values with (modulus ${partitionCount}, remainder ${remainder});`,
      ),
    ].join("\n"),
  )

/**
 * Applies all migrations with every table of what belongs to players hash-partitioned by player_id.
 * The ledger names the migrations as they are, so that commands work on the result.
 */
export const migratePartitioned = Effect.gen(function* () {
  const files = yield* FileSystem.FileSystem
  const folder = yield* files.makeTempDirectoryScoped()
  const migrations = yield* readMigrations()
  for (const { version, name, text } of migrations)
    yield* files.writeFileString(
      join(folder, `${String(version).padStart(4, "0")}_${name}.sql`),
      partition(text),
    )
  yield* applyMigrations(Duration.zero, folder)
  for (const { version, sha256 } of migrations)
    yield* execute(
      (sql) => sql`
        update towerstats.schema_migration set sha256 = ${sha256} where version = ${version}`,
    )
}).pipe(Effect.scoped)
