import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

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

/** Runs a statement of a plan and fails when it touches another number of rows than planned. */
export const requireTouched = <E, R>(
  what: string,
  planned: number,
  statement: Effect.Effect<number, E, R>,
) =>
  Effect.flatMap(statement, (touched) =>
    touched === planned ? Effect.void : Effect.fail(new PlanDiverged({ what, planned, touched })),
  )
