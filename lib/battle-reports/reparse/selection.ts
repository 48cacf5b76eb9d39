import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { listBoundaries, patchWindow } from "../patches.ts"
import { Extent, extentOf, Selection } from "./stored-reports.ts"

/** Which stored reports to read. */
export interface ReparseRequest extends Pick<Selection, "limit" | "shard"> {
  /** The label or the date of a patch's boundary; null means all patches. */
  readonly patch: string | null
}

/** All stored reports. */
export const everyReport: ReparseRequest = { patch: null, limit: null, shard: null }

/** A selection of stored reports, with its extent when it was made. */
export const Selected = Schema.Struct({ selection: Selection, extent: Extent })
export type Selected = typeof Selected.Type

const windowOf = (patch: string | null) =>
  patch === null
    ? Effect.succeed(null)
    : Effect.flatMap(listBoundaries, (boundaries) =>
        Effect.fromResult(patchWindow(boundaries, patch)),
      )

/** The reports that a request is about, as they are now. */
export const selectReports = Effect.fnUntraced(function* ({ patch, limit, shard }: ReparseRequest) {
  const selection = { window: yield* windowOf(patch), limit, shard }
  return { selection, extent: yield* extentOf(selection) } satisfies Selected
})
