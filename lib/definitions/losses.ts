import type { LatestRow } from "../wiki/revisions/latest-rows.ts"
import type {
  DefinitionDraft,
  Drafts,
  LevelContent,
  LevelDraft,
  StoredDefinition,
} from "./definition.ts"
import { cardFields, hasColumnFor } from "./drafts/cards.ts"
import { placeIn } from "./drafts/levels.ts"
import { type DriftProblem, driftOf, driftOfKind } from "./drift.ts"

/** Finds what is stored of a definition. */
export type StoredOf = (draft: DefinitionDraft) => StoredDefinition | undefined

/** Columns of the card list that are gone or empty, although the texts they had are stored. */
function vanishedColumns(
  cards: readonly DefinitionDraft[],
  rows: readonly LatestRow[],
  storedOf: StoredOf,
): readonly DriftProblem[] {
  return cardFields.flatMap(([field, column]) => {
    if (cards.some((card) => card[field] !== null)) return []
    const found = cards
      .filter((card) => (storedOf(card)?.[field] ?? null) !== null)
      .map(({ slug }) => slug)
    // One card may lose its text while the column is still there: that is an edit.
    const isGone = !rows.some(({ headers }) => hasColumnFor(field, headers))
    if (found.length < (isGone ? 1 : 2)) return []
    const page = cards[0]?.wikiPageUrl ?? null
    const expected = ["a text for each"]
    return driftOfKind("card", "vanished-column", { page, column, expected, found })
  })
}

const saysTheSame = (a: LevelContent, b: LevelContent | undefined) =>
  a.valueRaw === b?.valueRaw && a.costRaw === b.costRaw

const isAt = (a: LevelContent | undefined, b: LevelContent | undefined) =>
  a !== undefined && saysTheSame(a, b)

/** A level of a draft by the wiki's row it is from, and the stored level in its place. */
const placeOf = (
  { kind, slug, wikiPageUrl: page }: DefinitionDraft,
  rows: readonly LatestRow[],
  { sourceRowId }: LevelDraft,
) => {
  const row = rows.find(({ id }) => id === sourceRowId)
  const subject = { kind, slug, page, revision: null, table: null }
  return row === undefined ? subject : placeIn(subject, row)
}

/**
 * Levels that are the stored ones less some from the middle, or with some more there, as when a row was
 * deleted from a table whose rows are counted, or pasted twice: each level after it has the figures of a
 * later, or an earlier, one.
 */
function movedLevels(
  draft: DefinitionDraft,
  rows: readonly LatestRow[],
  storedOf: StoredOf,
): readonly DriftProblem[] {
  const stored = storedOf(draft)?.parameters ?? []
  return draft.parameters.flatMap(({ key, displayName: column, levels }) => {
    const before = stored.find((parameter) => parameter.key === key)?.levels ?? []
    const byLevel = new Map<number, LevelContent>(before.map((level) => [level.level, level]))
    const now = new Map<number, LevelContent>(levels.map((level) => [level.level, level]))
    const lost = before.length - levels.length
    const first = levels.find((level) => !saysTheSame(level, byLevel.get(level.level)))
    const was = first && byLevel.get(first.level)
    if (lost === 0 || !first || !was) return []
    const isMoved =
      lost > 0
        ? levels.every(
            ({ level }) => level < first.level || isAt(now.get(level), byLevel.get(level + lost)),
          )
        : before.every(
            ({ level }) => level < first.level || isAt(byLevel.get(level), now.get(level - lost)),
          )
    if (!isMoved) return []
    return driftOf(placeOf(draft, rows, first), lost > 0 ? "moved-levels" : "inserted-levels", {
      ...{ row: String(first.level), column },
      ...{ expected: [was.valueRaw], found: [first.valueRaw] },
    })
  })
}

/** Levels at which two parameters have each other's stored values: cells or headers were swapped. */
function swappedLevels(
  draft: DefinitionDraft,
  rows: readonly LatestRow[],
  storedOf: StoredOf,
): readonly DriftProblem[] {
  const stored = new Map(storedOf(draft)?.parameters.map(({ key, levels }) => [key, levels]))
  const storedValue = (key: string, at: number) =>
    stored.get(key)?.find(({ level }) => level === at)?.valueRaw
  return draft.parameters.flatMap(({ key, displayName: column, levels }) => {
    const swapped = levels.find(({ level, valueRaw }) => {
      const was = storedValue(key, level)
      return draft.parameters.some(
        (other) =>
          was !== valueRaw &&
          storedValue(other.key, level) === valueRaw &&
          other.levels.some((now) => now.level === level && now.valueRaw === was),
      )
    })
    if (swapped === undefined) return []
    return driftOf(placeOf(draft, rows, swapped), "swapped-columns", {
      ...{ row: String(swapped.level), column },
      ...{ expected: [storedValue(key, swapped.level) ?? ""], found: [swapped.valueRaw] },
    })
  })
}

/** A card whose texts have changed places. */
function swappedTexts(card: DefinitionDraft, storedOf: StoredOf): readonly DriftProblem[] {
  const stored = storedOf(card)
  const { kind, slug, wikiPageUrl: page, description, unlockText } = card
  if (description === null || unlockText === null || description === unlockText) return []
  if (stored?.description !== unlockText || stored.unlockText !== description) return []
  const subject = { kind, slug, page, revision: null, table: null }
  const details = { column: "Description", expected: [unlockText], found: [description] }
  return [driftOf(subject, "swapped-columns", details)]
}

/**
 * Refuses drafts that differ from what is stored in ways that no change of the game explains: all cards
 * where a column of their list is gone, and a definition whose levels have moved, or whose columns have
 * changed places.
 *
 * @param allowShrink whether they may have moved after all
 */
export function withoutLosses(
  { drafts, problems }: Drafts,
  rows: readonly LatestRow[],
  storedOf: StoredOf,
  allowShrink: boolean,
): Drafts {
  const cards = drafts.filter(({ kind }) => kind === "card")
  const vanished = vanishedColumns(cards, rows, storedOf)
  const moved = allowShrink
    ? []
    : drafts.flatMap((draft) => [
        ...movedLevels(draft, rows, storedOf),
        ...swappedLevels(draft, rows, storedOf),
        ...swappedTexts(draft, storedOf),
      ])
  const refused = new Set(moved.map(({ entity }) => entity))
  const sound = drafts.filter(
    ({ kind, slug }) => (kind !== "card" || vanished.length === 0) && !refused.has(slug),
  )
  return { drafts: sound, problems: [...problems, ...vanished, ...moved] }
}
