import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"

/** Part of the work is done and part of it failed; each problem has been named already. */
export class Incomplete extends Schema.TaggedError<Incomplete>()("Incomplete", {
  problems: Schema.Int,
}) {
  override readonly [Runtime.errorReported] = false
}
