import { resolve } from "node:path"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Database, type Sql, type Statement } from "./database.ts"

/** Runs a statement for its effect and gives the number of rows it touched. */
export const execute = Effect.fnUntraced(function* (statement: (sql: Sql) => Statement) {
  const { run } = yield* Database
  return (yield* run(statement)).count
})

/** Runs a statement and decodes each of its rows. A row of another shape is a defect. */
export const queryRows = <Row, Encoded>(
  schema: Schema.Codec<Row, Encoded>,
  statement: (sql: Sql) => Statement,
) => {
  const decode = Schema.decodeUnknownEffect(Schema.Array(schema))
  return Effect.gen(function* () {
    const { run } = yield* Database
    return yield* Effect.orDie(decode(yield* run(statement)))
  })
}

/** Runs a statement that gives exactly one row and decodes it. */
export const queryRow = <Row, Encoded>(
  schema: Schema.Codec<Row, Encoded>,
  statement: (sql: Sql) => Statement,
) =>
  Effect.flatMap(queryRows(schema, statement), ([row]) =>
    row === undefined ? Effect.die(new Error("The statement gave no row.")) : Effect.succeed(row),
  )

const statements = resolve(import.meta.dir, "../../sql")

/** A statement of the folder `sql/`, by file name, with its parameters in order. */
export const sqlFile =
  (name: `${string}.sql`, ...parameters: ReadonlyArray<string | number | boolean | null>) =>
  (sql: Sql): Statement =>
    sql.file(resolve(statements, name), [...parameters])
