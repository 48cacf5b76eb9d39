import * as Arr from "effect/Array"
import * as Result from "effect/Result"
import { isNameless } from "../../wiki/page/table-headers.ts"
import type { LatestRow } from "../../wiki/revisions/latest-rows.ts"
import { isEndMark, isPlaceholder } from "../../wiki/tables/cells.ts"
import { slug as slugOf } from "../../wiki/tables/entity.ts"
import type { DefinitionDraft, Drafts } from "../definition.ts"
import { type DriftProblem, driftOf } from "../drift.ts"
import { normaliseHeader } from "./headers.ts"
import { placeIn } from "./levels.ts"
import { type EntityRows, placeOf, rowsByEntity } from "./rows-by-entity.ts"

/** The header of one level of a card's effect: `Lv. 1`, `Lvl 2`, `Level 3`; normalised. */
const levelHeader = /^(?:lv|lvl|level)\.? ?(\d+)$/

/** A description that leaves the factor of a multiplication open: `x #`, `x [x]`. */
const asksForMultiplier = /(?<![\p{L}\p{N}])[x×]\s*(?:#|\[x\])/iu

/** A number with nothing about it that says what it means. */
const bareNumber = /^\d+(?:[.,]\d+)*$/

/** The columns that hold a card's effect by level, in numeric order. */
const levelColumns = (headers: readonly string[]) =>
  headers
    .flatMap((header) => {
      const [, level] = levelHeader.exec(normaliseHeader(header)) ?? []
      return level === undefined ? [] : [{ header, level: Number(level) }]
    })
    .toSorted((a, b) => a.level - b.level)

/**
 * A level whose column has lost its header: later ones have columns, and there is text in one without a
 * header. Undefined where there is none.
 */
function lostLevel({ headers, rawRow }: LatestRow): number | undefined {
  const levels = new Set(levelColumns(headers).map(({ level }) => level))
  const next = [...levels].map((level) => level + 1)
  return headers.some((header) => isNameless(header) && !isPlaceholder(rawRow[header] ?? ""))
    ? next.find((level) => !levels.has(level) && level < Math.max(...levels))
    : undefined
}

/**
 * A card's effect from its level columns, blanks skipped: `5% / 6% / 7%`. Where the description
 * asks for a multiplier the wiki writes bare factors in some cells; they are written `x 1.25`.
 * Null when every level is blank.
 */
export function effectByLevel(row: LatestRow, description: string | null): string | null {
  const multiplies = description !== null && asksForMultiplier.test(description)
  const values = levelColumns(row.headers)
    .map(({ header }) => row.rawRow[header] ?? "")
    .filter((value) => !isPlaceholder(value))
    .map((value) => (multiplies && bareNumber.test(value) ? `x ${value}` : value))
  return values.length === 0 ? null : values.join(" / ")
}

/** A level whose cell says something and has no figure: a template that failed, or a word for unknown. */
const levelWithoutFigure = ({ headers, rawRow }: LatestRow) =>
  levelColumns(headers).find(({ header }) => {
    const text = rawRow[header] ?? ""
    return !isPlaceholder(text) && !isEndMark(text) && !/\p{Nd}/u.test(text)
  })

const textOrNull = (cell = "") => (isPlaceholder(cell) ? null : cell)

/** The fields of a card other than its name, each with what messages call its column. */
export const cardFields = [
  ["description", "Description"],
  ["rarity", "Rarity"],
  ["effectRaw", "Effect"],
  ["unlockText", "Unlock"],
] as const

type CardField = (typeof cardFields)[number][0]

/** The normalised headers of each field's column. */
const fieldHeaders: Readonly<Record<CardField, readonly string[]>> = {
  description: ["description"],
  rarity: ["rarity"],
  effectRaw: ["effect"],
  unlockText: ["unlock", "unlock text"],
}

/** The columns of a field; more than one where the wiki repeats a header. */
const columnsOf = (headers: readonly string[], field: CardField) =>
  fieldHeaders[field].flatMap((name) =>
    headers.filter((header) => normaliseHeader(header) === name),
  )

/** Whether a table has a column for a field of its cards. */
export const hasColumnFor = (field: CardField, headers: readonly string[]): boolean =>
  columnsOf(headers, field).length > 0 ||
  (field === "effectRaw" && levelColumns(headers).length > 0)

/** The text of the first of a field's columns that has any. */
const textOf = ({ headers, rawRow }: LatestRow, field: CardField): string | null =>
  columnsOf(headers, field)
    .map((header) => textOrNull(rawRow[header]))
    .find((text) => text !== null) ?? null

/** Whether the row's table has a column for anything a card does; the table of slots has none. */
const isCardTable = ({ headers }: LatestRow) =>
  hasColumnFor("description", headers) || hasColumnFor("effectRaw", headers)

function draftCard({ rows, ...place }: EntityRows): Result.Result<DefinitionDraft, DriftProblem> {
  const { slug } = place
  const subject = { kind: "card", ...place } as const
  const [row, ...others] = rows
  if (others.length > 0) {
    const found = rows.map(placeOf)
    return Result.fail(driftOf(subject, "duplicate-entity", { expected: [slug], found }))
  }
  if (!isCardTable(row)) {
    const expected = ["Description", "Effect", "Lv. 1"]
    const column = expected.join(" / ")
    return Result.fail(driftOf(subject, "missing-header", { column, expected, found: row.headers }))
  }
  const level = lostLevel(row)
  if (level !== undefined) {
    const column = `Lv. ${level}`
    const details = { column, expected: [column], found: row.headers }
    return Result.fail(driftOf(subject, "missing-header", details))
  }
  const unreadable = levelWithoutFigure(row)
  if (unreadable !== undefined) {
    const { header: column } = unreadable
    const details = { row: row.canonicalName, column, found: [row.rawRow[column] ?? ""] }
    return Result.fail(
      driftOf(placeIn(subject, row), "not-a-value", { ...details, expected: ["a figure"] }),
    )
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
    effectRaw: textOf(row, "effectRaw") ?? effectByLevel(row, description),
    unlockText: textOf(row, "unlockText"),
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
