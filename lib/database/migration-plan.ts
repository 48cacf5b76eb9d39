import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/** A migration file of `sql/migrations`. */
export interface Migration {
  /** The number its file name starts with. */
  readonly version: number
  readonly name: string
  readonly sha256: string
  readonly text: string
}

/** A migration that this database has had, as its ledger remembers it. */
export const AppliedMigration = Schema.Struct({
  version: Schema.Int,
  name: Schema.String,
  sha256: Schema.String,
})
export type AppliedMigration = typeof AppliedMigration.Type

/** The migration files and the database's ledger contradict each other; nothing has been run. */
export class MigrationsDisagree extends Schema.TaggedError<MigrationsDisagree>()(
  "MigrationsDisagree",
  { message: Schema.String },
) {}

/** What a migration is called in messages. */
export const label = ({ version, name }: Pick<Migration, "version" | "name">): string =>
  `${String(version).padStart(4, "0")}_${name}`

const contradiction = (
  files: readonly Migration[],
  ledger: readonly AppliedMigration[],
): string | null => {
  const byVersion = new Map(files.map((file) => [file.version, file]))
  const lastFile = files.at(-1)?.version ?? 0
  const lastApplied = ledger.at(-1)?.version ?? 0
  for (const applied of ledger) {
    const file = byVersion.get(applied.version)
    if (file === undefined)
      return applied.version > lastFile
        ? `The database has migration ${label(applied)}, which this version of the suite does not know. Deploy the version that brought it, or a later one.`
        : `Migration ${label(applied)} was applied to the database, but its file is missing from sql/migrations. Restore the file.`
    if (file.name !== applied.name || file.sha256 !== applied.sha256)
      return `Migration ${label(file)} was edited after it had been applied as ${label(applied)}. Restore the file, and put the change into a new migration.`
  }
  const known = new Set(ledger.map(({ version }) => version))
  const late = files.find(({ version }) => version < lastApplied && !known.has(version))
  return late === undefined
    ? null
    : `Migration ${label(late)} is out of order: the database is already at version ${lastApplied}. Give it a number above that.`
}

/** The migrations still to run, in order, unless files and ledger contradict each other. */
export const planMigrations = (
  files: readonly Migration[],
  ledger: readonly AppliedMigration[],
): Result.Result<readonly Migration[], MigrationsDisagree> => {
  const inOrder = [...files].sort((a, b) => a.version - b.version)
  const applied = [...ledger].sort((a, b) => a.version - b.version)
  const message = contradiction(inOrder, applied)
  return message === null
    ? Result.succeed(inOrder.slice(applied.length))
    : Result.fail(new MigrationsDisagree({ message }))
}
