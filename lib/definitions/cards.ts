import * as Arr from "effect/Array"
import * as Result from "effect/Result"
import type { LatestRow } from "../wiki/revisions/latest-rows.ts"
import { isPlaceholder } from "../wiki/tables/cells.ts"
import { slug as slugOf } from "../wiki/tables/entity.ts"
import { effectByLevel, levelHeaders } from "./card-effect.ts"
import type { DefinitionDraft, Drafts } from "./definition.ts"
import { type DriftProblem, driftOf } from "./drift.ts"
import { normaliseHeader } from "./headers.ts"
import { type EntityRows, placeOf, rowsByEntity } from "./rows-by-entity.ts"

const textOrNull = (cell = "") => (isPlaceholder(cell) ? null : cell)

/** The row's columns of that normalised header; more than one where the wiki repeats it. */
const columnsOf = (row: LatestRow, name: string) =>
  row.headers.filter((header) => normaliseHeader(header) === name)

/** The text of the first of these columns that has any. */
function textOf(row: LatestRow, ...names: readonly string[]): string | null {
  const cells = names.flatMap((name) => columnsOf(row, name)).map((header) => row.rawRow[header])
  return cells.map(textOrNull).find((text) => text !== null) ?? null
}

/** Whether the row's table has a column for anything a card does; the table of slots has none. */
const isCardTable = (row: LatestRow) =>
  ["description", "effect"].some((name) => columnsOf(row, name).length > 0) ||
  levelHeaders(row.headers).length > 0

function draftCard({ slug, page, rows }: EntityRows): Result.Result<DefinitionDraft, DriftProblem> {
  const subject = { kind: "card", slug, page } as const
  const [row, ...others] = rows
  if (others.length > 0) {
    const found = rows.map(placeOf)
    return Result.fail(driftOf(subject, "duplicate-entity", { expected: [slug], found }))
  }
  if (!isCardTable(row)) {
    const expected = ["Description", "Effect", "Lv. 1"]
    const header = expected.join(" / ")
    return Result.fail(driftOf(subject, "missing-header", { header, expected, found: row.headers }))
  }
  const description = textOf(row, "description")
  return Result.succeed({
    kind: "card",
    slug,
    name: row.canonicalName,
    wikiPageUrl: row.pageUrl,
    wikiEntityId: row.entityId,
    description,
    rarity: textOf(row, "rarity") ?? textOrNull(row.rawRow._wiki_table_label),
    effectRaw: textOf(row, "effect") ?? effectByLevel(row, description),
    unlockText: textOf(row, "unlock", "unlock text"),
    sourceRowId: row.id,
    parameters: [],
  })
}

/** The cards, from the rows of the card list. Cards have no parameters. */
export function draftCards(rows: readonly LatestRow[]): Drafts {
  const [drafts, problems] = Arr.partition(
    rowsByEntity(rows, (row) => slugOf(row.canonicalName)),
    draftCard,
  )
  return { drafts, problems }
}
