import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { Row } from "postgres"
import { displayAddress } from "../../database/connection/address.ts"
import { type Connection, connect } from "../../database/connection/connection.ts"
import { readAddress } from "../../database/connection/read-address.ts"
import type { DatabaseError } from "../../database/database-errors.ts"
import { UsageError } from "../../terminal/exit.ts"
import { quoted, sourceOf } from "./select.ts"
import { type ColumnType, type SourceColumn, SourceUnreadable } from "./source.ts"

// Longer than any statement of a running site; a migration holds its locks to its end.
const lockTimeout = "10s"

const adviceFor = (error: DatabaseError): string => {
  switch (error._tag) {
    case "DatabaseForbidden":
      return "Give --from a user that may read the site's tables."
    case "ConnectionLost":
      return "Nothing of this run was kept; run the command again."
    case "StatementFailed":
      return error.code === "55P03"
        ? `Another session has locked one of its tables for more than ${lockTimeout}, as a migration of the site does; run the command again when that has ended.`
        : error.code.startsWith("42")
          ? "Its tables were changed while they were read, as a migration of the site does; run the command again when that has ended."
          : "Nothing in it was changed; run the command again."
    default:
      return "Check the address that --from gives, and that the server runs."
  }
}

const unreadable = (source: string) => (error: DatabaseError) =>
  new SourceUnreadable({ source, detail: error.detail, advice: adviceFor(error) })

const types: Readonly<Record<string, ColumnType>> = {
  int2: "integer",
  int4: "integer",
  int8: "integer",
  numeric: "decimal",
  float4: "decimal",
  float8: "decimal",
  bool: "boolean",
  timestamptz: "time",
  date: "date",
  json: "json",
  jsonb: "json",
}

const Column = Schema.Struct({
  schema: Schema.String,
  table: Schema.String,
  column: Schema.String,
  type: Schema.String,
})

/** The tables that statements see by their names alone: the site's, wherever its search path has them. */
const readTables = Effect.fnUntraced(function* ({ run }: Connection) {
  const rows = yield* run(
    (sql) => sql`
      select relnamespace::regnamespace::text as schema, relname as table, attname as column,
        typname as type
      from pg_class
      join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
      join pg_type on pg_type.oid = atttypid
      where relkind in ('r', 'p') and pg_table_is_visible(pg_class.oid)
        and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
      order by relname, attnum`,
  )
  return yield* Effect.orDie(Schema.decodeUnknownEffect(Schema.Array(Column))(rows))
})

const asText = ({ name, type }: SourceColumn): string =>
  type === "time"
    ? `to_char(${quoted(name)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
    : `${quoted(name)}::text`

/** Opens a source on a PostgreSQL server for the current scope, as it is at this moment. */
export const postgresSource = Effect.fnUntraced(function* (url: Redacted.Redacted<string>) {
  const address = yield* Effect.fromResult(readAddress(url)).pipe(
    Effect.mapError(
      (problem) => new UsageError({ message: `--from is not a PostgreSQL address: ${problem}.` }),
    ),
  )
  const name = displayAddress(address)
  const failed = unreadable(name)
  const connection = yield* Effect.mapError(connect(address, name), failed)
  yield* Effect.mapError(
    connection.run((sql) =>
      sql.unsafe<Row[]>(
        `begin isolation level repeatable read read only;
         set local lock_timeout = '${lockTimeout}';
         set local statement_timeout = 0;
         set local idle_in_transaction_session_timeout = 0;
         set local datestyle = 'ISO';
         set local timezone = 'UTC'`,
      ),
    ),
    failed,
  )
  const columns = yield* Effect.mapError(readTables(connection), failed)
  const schemas = new Map(columns.map(({ table, schema }) => [table, schema]))
  const tables = new Map(
    [...Map.groupBy(columns, ({ table }) => table)].map(([table, own]) => [
      table,
      own.map(({ column, type }) => ({ name: column, type: types[type] ?? "text" })),
    ]),
  )
  return sourceOf({
    name,
    keepsKeyOrder: false,
    isTyped: true,
    tables,
    tableName: (table) => `${schemas.get(table) ?? "public"}.${quoted(table)}`,
    asText,
    // Numbers may be narrower than the bounds of a range.
    parameter: (position, type) => `$${position}::${type}`,
    run: (statement, parameters) =>
      Effect.mapError(
        connection.run((sql) => sql.unsafe<Row[]>(statement, [...parameters])),
        failed,
      ),
  })
})
