import { constants, Database, SQLiteError } from "bun:sqlite"
import { pathToFileURL } from "node:url"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Schema from "effect/Schema"
import { quoted, sourceOf } from "./select.ts"
import { type ColumnType, type SourceColumn, type SourceRow, SourceUnreadable } from "./source.ts"

/**
 * How long to wait while another process writes to the file: long enough for a request of the site
 * to end; a stopped site holds no lock.
 */
export const SqlitePatience = Context.Reference<Duration.Duration>(
  "towerstats/adoption/SqlitePatience",
  { defaultValue: () => Duration.seconds(5) },
)

const adviceFor = (code: string | undefined): string => {
  if (code?.startsWith("SQLITE_BUSY") || code?.startsWith("SQLITE_LOCKED"))
    return "Another process is writing to it: stop the site, or its migration, and run the command again."
  if (code?.startsWith("SQLITE_NOTADB"))
    return "It is not an SQLite database. Give --from the file that the site's DATABASES setting names."
  if (code?.startsWith("SQLITE_CORRUPT"))
    return "Its content is damaged: take a sound copy, or one made by `sqlite3 FILE .recover`."
  return "Check the path, and that this user may read the file and its folder."
}

const failure = (source: string) => (cause: unknown) =>
  new SourceUnreadable({
    source,
    detail: cause instanceof Error ? cause.message : String(cause),
    advice: adviceFor(cause instanceof SQLiteError ? cause.code : undefined),
  })

const header = "SQLite format 3\0"

/**
 * Whether the file keeps a write-ahead log, or an error if the file alone does not say all that was
 * committed: SQLite would have to write beside it to take the rest in.
 */
const usesWriteAheadLog = Effect.fnUntraced(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  const refuse = (detail: string, advice: string) =>
    new SourceUnreadable({ source: file, detail, advice })
  const info = yield* files
    .stat(file)
    .pipe(
      Effect.mapError(() =>
        refuse(
          "there is no such file",
          "Give --from the file that the site's DATABASES setting names, or a postgres:// address.",
        ),
      ),
    )
  if (info.type !== "File")
    return yield* refuse("it is not a file", "Give --from the database file itself.")
  const bytes = yield* Effect.tryPromise({
    try: () => Bun.file(file).slice(0, 20).bytes(),
    catch: failure(file),
  })
  if (new TextDecoder("latin1").decode(bytes.slice(0, header.length)) !== header)
    return yield* refuse(
      "it is not an SQLite database",
      "Give --from the file that the site's DATABASES setting names, or a postgres:// address.",
    )
  const unfinished = Effect.fnUntraced(function* (suffix: string) {
    const found = yield* Effect.option(files.stat(`${file}${suffix}`))
    return found._tag === "Some" && found.value.size > 0n
  })
  if (yield* unfinished("-wal"))
    return yield* refuse(
      `its write-ahead log ${file}-wal holds changes that are not in the file yet`,
      `Stop the site, take them in with \`sqlite3 ${file} "pragma wal_checkpoint(truncate)"\`, and run the command again. A copy has to be made of both files, or by \`sqlite3 ${file} ".backup COPY"\`.`,
    )
  if (yield* unfinished("-journal"))
    return yield* refuse(
      `its journal ${file}-journal holds a transaction that was not finished`,
      `Stop the site, or let it end; if it crashed, open the file once with \`sqlite3 ${file} "select 1 from auth_user"\`, which takes the transaction back.`,
    )
  // Bytes 18 and 19 say how the file is written: 2 is by a write-ahead log.
  return bytes[18] === 2
})

const typeOf = (declared: string, isJson: boolean): ColumnType => {
  const type = declared.toLowerCase()
  if (isJson) return "json"
  if (type.startsWith("bool")) return "boolean"
  if (type.includes("int")) return "integer"
  if (type === "datetime" || type.startsWith("timestamp")) return "time"
  if (type === "date") return "date"
  return /^(?:real|float|double|decimal|numeric)/.test(type) ? "decimal" : "text"
}

const readTables = (database: Database): ReadonlyMap<string, readonly SourceColumn[]> => {
  const Table = Schema.Struct({ name: Schema.String, sql: Schema.String })
  const Column = Schema.Struct({ name: Schema.String, type: Schema.String })
  const tables = Schema.decodeUnknownSync(Schema.Array(Table))(
    database
      .query(
        "select name, sql from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name",
      )
      .all(),
  )
  return new Map(
    tables.map(({ name, sql }) => {
      const columns = Schema.decodeUnknownSync(Schema.Array(Column))(
        database.query("select name, type from pragma_table_info(?1)").all(name),
      )
      // Django keeps JSON as text that is checked to be such.
      const isJson = (column: string) => sql.includes(`JSON_VALID(${quoted(column)})`)
      return [
        name,
        columns.map((column) => ({
          name: column.name,
          type: typeOf(column.type, isJson(column.name)),
        })),
      ]
    }),
  )
}

const asText = ({ name, type }: SourceColumn): string => {
  const column = quoted(name)
  if (type === "boolean")
    return `case ${column} when 1 then 'true' when 0 then 'false' else cast(${column} as text) end`
  // Times are kept as text in UTC, with or without a fraction; a date has ten characters.
  if (type === "time")
    return `case when length(${column}) = 19 then replace(${column}, ' ', 'T') || '.000000Z'
      when length(${column}) between 21 and 26 then substr(replace(${column}, ' ', 'T') || '000000', 1, 26) || 'Z'
      else cast(${column} as text) end`
  return `cast(${column} as text)`
}

const decodeRows = Schema.decodeUnknownSync(
  Schema.Array(Schema.Record(Schema.String, Schema.NullOr(Schema.String))),
)

/** Opens a source in an SQLite file for the current scope, as it is at this moment. */
export const sqliteSource = Effect.fnUntraced(function* (file: string) {
  const failed = failure(file)
  const isLogged = yield* usesWriteAheadLog(file)
  const database = yield* Effect.acquireRelease(
    Effect.try({
      try: () =>
        // Opened as any other, a file of the write-ahead kind would get files beside it. Its log is
        // empty, so that nobody has it open.
        isLogged
          ? new Database(
              `${pathToFileURL(file).href}?immutable=1`,
              constants.SQLITE_OPEN_READONLY | constants.SQLITE_OPEN_URI,
            )
          : new Database(file, { readonly: true }),
      catch: failed,
    }),
    (open) => Effect.sync(() => open.close()),
  )
  const patience = yield* SqlitePatience
  const tables = yield* Effect.try({
    try: () => {
      database.run(`pragma busy_timeout = ${Duration.toMillis(patience)}`)
      // What is read from here on is of one moment: nobody can write before this ends.
      database.run("begin")
      return readTables(database)
    },
    catch: failed,
  })
  return sourceOf({
    name: file,
    keepsKeyOrder: true,
    isTyped: false,
    tables,
    tableName: quoted,
    asText,
    parameter: (position) => `?${position}`,
    run: (statement, parameters) =>
      Effect.try({
        try: (): readonly SourceRow[] => decodeRows(database.query(statement).all(...parameters)),
        catch: failed,
      }),
  })
})
