import * as Schema from "effect/Schema"

const Fact = Schema.Union([Schema.String, Schema.Number, Schema.Boolean, Schema.Null])

/** One line of a report: names and values, in the order they are printed. */
export const Facts = Schema.Record(Schema.String, Fact)
export type Facts = typeof Facts.Type

/** Outside data that is not as expected: where it is, what was found, and what was expected. */
export const Drift = Schema.Struct({
  page: Schema.NullOr(Schema.String),
  /** The page's version, where it is known. */
  revision: Schema.NullOr(Schema.Int),
  table: Schema.NullOr(Schema.String),
  row: Schema.NullOr(Schema.String),
  column: Schema.NullOr(Schema.String),
  found: Schema.String,
  expected: Schema.String,
  /** All of it in a sentence; the same as in the report's problems. */
  message: Schema.String,
})
export type Drift = typeof Drift.Type

/** An error about drift: the work was refused because of it. */
export interface DriftRefusal {
  readonly drift: readonly Drift[]
}

/** Whether an error says where outside data has drifted. */
export const isDriftRefusal = Schema.is(Schema.Struct({ drift: Schema.Array(Drift) }))

/**
 * What a command did or would do. Its printed lines, its table on a terminal, its `--json`
 * document and its GitHub step summary are all made from this one value; the document is exactly
 * this schema.
 */
export const Report = Schema.Struct({
  command: Schema.String,
  mode: Schema.Literals(["check", "write", "diffs", "delete", "show"]),
  /** One entry for each unit of work. */
  units: Schema.Array(Facts),
  /** Sums over all units. */
  total: Facts,
  /** How many rows were changed, or would be by a write. */
  changes: Schema.Int,
  /** What failed and was left out; the command then ends with exit code 1. */
  problems: Schema.Array(Schema.String),
  /** Where the problems are that are drift; absent if there are none. */
  drift: Schema.optionalKey(Schema.Array(Drift)),
})
export type Report = typeof Report.Type

/** What a domain's work did or would do: a report that does not know its command. */
export interface Outcome extends Omit<Report, "command" | "mode" | "problems"> {
  readonly problems?: Report["problems"]
}

/** The report of a command's outcome. */
export function reportOf(
  command: string,
  mode: Report["mode"],
  { units, total, changes, problems = [], drift = [] }: Outcome,
): Report {
  return {
    ...{ command, mode, units, total, changes, problems },
    ...(drift.length > 0 ? { drift } : {}),
  }
}

/** The outcome of work on a single unit, which either changed or was in place already. */
export function outcomeOfOne(unit: Facts, done: string, isDone: boolean): Outcome {
  return {
    units: [unit],
    total: { [done]: isDone ? 1 : 0, unchanged: isDone ? 0 : 1 },
    changes: isDone ? 1 : 0,
  }
}

/** The sums over all units of the facts with these names, in this order. */
export function sumFacts(units: readonly Facts[], names: readonly string[]): Facts {
  return Object.fromEntries(
    names.map((name) => [
      name,
      units.reduce((sum, unit) => {
        const fact = unit[name]
        return typeof fact === "number" ? sum + fact : sum
      }, 0),
    ]),
  )
}
