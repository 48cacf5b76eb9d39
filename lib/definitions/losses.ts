import type { LatestRow } from "../wiki/revisions/latest-rows.ts"
import type { DefinitionDraft, Drafts, LevelContent, StoredDefinition } from "./definition.ts"
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

/**
 * Levels that are the stored ones less some from the middle, as when a row was deleted from a table whose
 * rows are counted: each level after it has the figures of a later one.
 */
function movedLevels(
  draft: DefinitionDraft,
  rows: readonly LatestRow[],
  storedOf: StoredOf,
): readonly DriftProblem[] {
  const stored = storedOf(draft)?.parameters ?? []
  return draft.parameters.flatMap(({ key, displayName: column, levels }) => {
    const before = stored.find((parameter) => parameter.key === key)?.levels ?? []
    const byLevel = new Map(before.map((level) => [level.level, level]))
    const lost = before.length - levels.length
    const first = levels.find((level) => !saysTheSame(level, byLevel.get(level.level)))
    const moved = levels.filter(({ level }) => first !== undefined && level >= first.level)
    const was = first && byLevel.get(first.level)
    const row = rows.find(({ id }) => id === first?.sourceRowId)
    if (lost < 1 || !first || !was || !row) return []
    if (!moved.every((level) => saysTheSame(level, byLevel.get(level.level + lost)))) return []
    const { kind, slug, wikiPageUrl: page } = draft
    const subject = placeIn({ kind, slug, page, revision: null, table: null }, row)
    return driftOf(subject, "moved-levels", {
      ...{ row: String(first.level), column },
      ...{ expected: [was.valueRaw], found: [first.valueRaw] },
    })
  })
}

/**
 * Refuses drafts that lack what is stored in ways that no change of the game explains: all cards where
 * a column of their list is gone, and an entity whose levels have moved up.
 *
 * @param allowShrink whether levels may have moved up after all
 */
export function withoutLosses(
  { drafts, problems }: Drafts,
  rows: readonly LatestRow[],
  storedOf: StoredOf,
  allowShrink: boolean,
): Drafts {
  const cards = drafts.filter(({ kind }) => kind === "card")
  const vanished = vanishedColumns(cards, rows, storedOf)
  const moved = allowShrink ? [] : drafts.flatMap((draft) => movedLevels(draft, rows, storedOf))
  const refused = new Set(moved.map(({ entity }) => entity))
  const sound = drafts.filter(
    ({ kind, slug }) => (kind !== "card" || vanished.length === 0) && !refused.has(slug),
  )
  return { drafts: sound, problems: [...problems, ...vanished, ...moved] }
}
