import * as Effect from "effect/Effect"
import { Database, type Statement } from "../../lib/database/database.ts"

const hasPlan = /^\s*(?:select|insert|update|delete|with|declare)\b/

const textOf = (statement: Statement): string => {
  const strings: unknown = Reflect.get(statement, "strings")
  return Array.isArray(strings) ? String(strings[0]) : ""
}

/** Runs work and gives the plan of each statement that has one, made just before the statement runs. */
export const plansOf = <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const database = yield* Database
    const plans: string[] = []
    const run: typeof database.run = (statement) =>
      Effect.gen(function* () {
        const plan = yield* database.run((sql) => {
          const planned = statement(sql)
          return hasPlan.test(textOf(planned)) ? sql`explain (verbose) ${planned}` : sql`select`
        })
        const lines = plan.map((row) => String(row["QUERY PLAN"] ?? ""))
        plans.push(lines.join("\n"))
        return yield* database.run(statement)
      })
    yield* Effect.provideService(work, Database, { ...database, run })
    return plans.filter((plan) => plan !== "")
  })
