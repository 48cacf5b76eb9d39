import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { PatchBoundary } from "./patches.ts"

/** The days of one patch: from its boundary to the next one, exclusive; open at the last. */
export interface PatchWindow {
  readonly from: string
  readonly until: string | null
}

/** No patch boundary has this label or date. */
export class UnknownPatch extends Schema.TaggedError<UnknownPatch>()("UnknownPatch", {
  patch: Schema.String,
  known: Schema.Array(Schema.String),
}) {
  override get message(): string {
    const known = this.known.length === 0 ? "There are none yet" : `Known: ${this.known.join(", ")}`
    return `No patch boundary is called ${this.patch}. ${known}. Add one with \`bun run patch-boundaries add YYYY-MM-DD --label LABEL\`.`
  }
}

/** The window of the boundary with this date or label (in any case); `boundaries` oldest first. */
export const patchWindow = (
  boundaries: readonly PatchBoundary[],
  patch: string,
): Result.Result<PatchWindow, UnknownPatch> => {
  const wanted = patch.trim().toLowerCase()
  const byDate = boundaries.findIndex(({ date }) => date === wanted)
  const index =
    byDate >= 0
      ? byDate
      : boundaries.findIndex(({ label }) => label !== "" && label.toLowerCase() === wanted)
  const boundary = boundaries[index]
  return boundary === undefined
    ? Result.fail(
        new UnknownPatch({
          patch,
          known: boundaries.map(({ date, label }) => (label === "" ? date : `${label} (${date})`)),
        }),
      )
    : Result.succeed({ from: boundary.date, until: boundaries[index + 1]?.date ?? null })
}
