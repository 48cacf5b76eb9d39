import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { execute, queryRows } from "../database/query.ts"
import { sentence } from "../terminal/sentence.ts"

/** The day on which a patch of the game came out, and the name players give it. */
export const PatchBoundary = Schema.Struct({ date: Schema.String, label: Schema.String })
export type PatchBoundary = typeof PatchBoundary.Type

/** Another boundary has the same label already. */
export class LabelTaken extends Schema.TaggedError<LabelTaken>()("LabelTaken", {
  label: Schema.String,
  date: Schema.String,
}) {
  override get message(): string {
    return `The label ${this.label} belongs to the patch boundary of ${this.date}. Choose another, or remove that boundary first.`
  }
}

/** All patch boundaries, oldest first. */
export const listBoundaries = queryRows(
  PatchBoundary,
  (sql) => sql`
    select to_char(boundary_date, 'YYYY-MM-DD') as date, label
    from definitions.patch_boundary order by boundary_date`,
)

/**
 * Adds a boundary, or changes the label of an existing one; without a label, that one keeps its own.
 * Returns the resulting boundary, and whether anything changed.
 */
export const addBoundary = Effect.fnUntraced(function* ({ date, label }: PatchBoundary) {
  const boundaries = yield* listBoundaries
  const holder = boundaries.find(
    (other) =>
      label !== "" && other.date !== date && other.label.toLowerCase() === label.toLowerCase(),
  )
  if (holder !== undefined) return yield* new LabelTaken({ label, date: holder.date })
  const touched = yield* execute(
    (sql) => sql`
      insert into definitions.patch_boundary as stored (boundary_date, label)
      values (${date}::date, ${label})
      on conflict (boundary_date) do update set label = excluded.label
      where stored.label <> excluded.label and excluded.label <> ''`,
  )
  const before = boundaries.find((other) => other.date === date)
  return {
    boundary: { date, label: label === "" ? (before?.label ?? "") : label },
    changed: touched === 1,
  }
})

/** Removes the boundary of a day; true when there was one. */
export const removeBoundary = Effect.fnUntraced(function* (date: string) {
  const touched = yield* execute(
    (sql) => sql`delete from definitions.patch_boundary where boundary_date = ${date}::date`,
  )
  return touched === 1
})

/** The days of one patch: from its boundary to the next one, exclusive; open at the last. */
export const PatchWindow = Schema.Struct({
  from: Schema.String,
  until: Schema.NullOr(Schema.String),
})
export type PatchWindow = typeof PatchWindow.Type

/** No patch boundary has this label or date. */
export class UnknownPatch extends Schema.TaggedError<UnknownPatch>()("UnknownPatch", {
  patch: Schema.String,
  known: Schema.Array(Schema.String),
}) {
  override get message(): string {
    const known = this.known.length === 0 ? "There are none yet" : `Known: ${this.known.join(", ")}`
    return `${sentence(`No patch boundary is called ${this.patch}`)} ${sentence(known)} Add one with \`bun run patch-boundaries add YYYY-MM-DD --label LABEL\`.`
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
