import { resolve } from "node:path"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Schema from "effect/Schema"
import { Database } from "./database.ts"
import {
  AppliedMigration,
  type Migration,
  MigrationsDisagree,
  planMigrations,
} from "./migration-plan.ts"
import { queryRows, queryValue } from "./query.ts"

/** The database's schema is not the one this version of the suite works with. */
export class MigrationsPending extends Schema.TaggedError<MigrationsPending>()(
  "MigrationsPending",
  { server: Schema.String, pending: Schema.Int },
) {
  override get message(): string {
    return `The database ${this.server} lacks ${this.pending} migration(s). Run \`bun run migrate --write\` first.`
  }
}

const bundledFolder = resolve(import.meta.dir, "../../sql/migrations")
const fileName = /^(\d{4})_([a-z0-9_]+)\.sql$/

const readMigration = Effect.fnUntraced(function* (folder: string, file: string) {
  const files = yield* FileSystem.FileSystem
  const [, version, name] = fileName.exec(file) ?? []
  if (version === undefined || name === undefined)
    return yield* new MigrationsDisagree({
      message: `${resolve(folder, file)} is not named like a migration. Call it 0001_what_it_does.sql, or move it away.`,
    })
  // A checkout that ends its lines as Windows does has the same migrations, not edited ones.
  const text = (yield* Effect.orDie(files.readFileString(resolve(folder, file)))).replaceAll(
    "\r\n",
    "\n",
  )
  const sha256 = new Bun.CryptoHasher("sha256").update(text).digest("hex")
  return { version: Number(version), name, sha256, text } satisfies Migration
})

const readFolder = Effect.fnUntraced(function* (folder: string) {
  const files = yield* FileSystem.FileSystem
  const entries = yield* Effect.orDie(files.readDirectory(folder))
  // A desktop leaves hidden files of its own behind.
  const names = entries.filter((name) => !name.startsWith(".")).sort()
  const migrations = yield* Effect.forEach(names, (name) => readMigration(folder, name))
  const twice = migrations.find(({ version }, index) => migrations[index + 1]?.version === version)
  if (twice !== undefined)
    return yield* new MigrationsDisagree({
      message: `Two migrations have the number ${twice.version}. Give the later one the next free number.`,
    })
  return migrations
})

let bundled: readonly Migration[] | undefined

// A long write asks before each of its batches; a process works with the migrations it began with.
const readBundled = Effect.suspend(() =>
  bundled === undefined
    ? Effect.tap(readFolder(bundledFolder), (migrations) =>
        Effect.sync(() => {
          bundled = migrations
        }),
      )
    : Effect.succeed(bundled),
)

/** Reads the migrations of a folder, in order; without one, those of this version of the suite. */
export const readMigrations = (folder?: string) =>
  folder === undefined ? readBundled : readFolder(folder)

/** Whether any migration has been applied. */
export const ledgerExists = queryValue(
  Schema.Boolean,
  (sql) => sql`select to_regclass('towerstats.schema_migration') is not null as value`,
)

const readLedger = Effect.gen(function* () {
  if (!(yield* ledgerExists)) return []
  return yield* queryRows(
    AppliedMigration,
    (sql) => sql`select version, name, sha256 from towerstats.schema_migration order by version`,
  )
})

/** The migrations of `folder` that this database has not had yet, in order. */
export const pendingMigrations = Effect.fnUntraced(function* (folder?: string) {
  const migrations = yield* readMigrations(folder)
  const ledger = yield* readLedger
  return yield* Effect.fromResult(planMigrations(migrations, ledger))
})

/** Fails unless the database has exactly the migrations of this version of the suite. */
export const requireCurrentSchema = Effect.gen(function* () {
  const pending = yield* pendingMigrations()
  const { server } = yield* Database
  if (pending.length > 0) return yield* new MigrationsPending({ server, pending: pending.length })
})
