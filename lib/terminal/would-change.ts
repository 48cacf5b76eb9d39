import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import { ExitCode } from "./exit.ts"

/** Not a failure: `--check --exit-code` found something to change, and says so by its exit code. */
export class WouldChange extends Schema.TaggedError<WouldChange>()("WouldChange", {
  changes: Schema.Int,
}) {
  override readonly [Runtime.errorExitCode] = ExitCode.wouldChange
  override readonly [Runtime.errorReported] = false
}
