import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Database, type Sql, type Statement } from "./database.ts"

/** Runs a statement for its effect and returns the number of rows it touched. */
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

/** Runs a statement and decodes its first row; null if it returns none. */
export const queryFirst = <Row, Encoded>(
  schema: Schema.Codec<Row, Encoded>,
  statement: (sql: Sql) => Statement,
) => Effect.map(queryRows(schema, statement), ([row]): Row | null => row ?? null)

/** Runs a statement that returns exactly one row and decodes it. */
export const queryRow = <Row, Encoded>(
  schema: Schema.Codec<Row, Encoded>,
  statement: (sql: Sql) => Statement,
) =>
  Effect.flatMap(queryRows(schema, statement), ([row]) =>
    row === undefined
      ? Effect.die(new Error("The statement returned no row."))
      : Effect.succeed(row),
  )

/** Runs a statement that returns one row with one column, called `value`, and decodes that. */
export const queryValue = <Value, Encoded>(
  schema: Schema.Codec<Value, Encoded>,
  statement: (sql: Sql) => Statement,
) => Effect.map(queryRow(Schema.Struct({ value: schema }), statement), ({ value }) => value)

/**
 * A list as one parameter, for `in ${jsonList(…)}`: the driver would have to look up the server's
 * array types first, and a parameter for each value would make a new statement of every length.
 */
export const jsonList = (
  sql: Sql,
  values: readonly string[] | readonly number[],
  type: "text" | "bigint" = "text",
): Statement => {
  const list = sql`jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb)`
  return type === "text"
    ? sql`(select value from ${list})`
    : sql`(select value::bigint from ${list})`
}

/** A write touched another number of rows than its own plan said; it was rolled back. */
export class PlanDiverged extends Schema.TaggedError<PlanDiverged>()("PlanDiverged", {
  what: Schema.String,
  planned: Schema.Int,
  touched: Schema.Int,
}) {
  override get message(): string {
    return `The plan was to touch ${this.planned} rows of ${this.what}, but the statement touched ${this.touched}; everything was rolled back. Run the command again; if it happens again, it is a bug to report.`
  }
}

/**
 * Runs a statement of a plan and fails if it touches a different number of rows than planned. A plan
 * of no rows needs no statement.
 */
export const requireTouched = <E, R>(
  what: string,
  planned: number,
  statement: Effect.Effect<number, E, R>,
) =>
  planned === 0
    ? Effect.void
    : Effect.flatMap(statement, (touched) =>
        touched === planned
          ? Effect.void
          : Effect.fail(new PlanDiverged({ what, planned, touched })),
      )
