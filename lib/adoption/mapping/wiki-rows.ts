import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { levelledKinds } from "../../definitions/registry.ts"
import { targetRules } from "../../wiki/catalogue.ts"
import { contentHash } from "../../wiki/rows/content-hash.ts"
import type { RawRow } from "../../wiki/rows/raw-row.ts"
import { makeIsBlankRow, saysNothing } from "../../wiki/rows/skipped-rows.ts"
import { readLevel } from "../../wiki/tables/cells.ts"
import { nameHeader } from "../../wiki/tables/columns.ts"
import type { SourceRow } from "../source/source.ts"
import type { Planned } from "../target/place.ts"
import { isStorableJson, type Leftovers, originOf } from "./leftovers.ts"
import { headersOf } from "./wiki-headers.ts"
import { kindOf, type PlacedWikiRow, placeSections, targetOf } from "./wiki-sections.ts"

const table = "definitions_wikidata"

/** A planned row of the wiki and the rows of the source that it stands for. */
export interface MappedWikiRow {
  readonly planned: Planned<"wikiRow">
  readonly members: readonly string[]
}

interface ReadWikiRow extends PlacedWikiRow {
  readonly id: string
  readonly rawRow: RawRow
  readonly hash: string
  readonly lastSeen: string
}

const decodeRow = Schema.decodeUnknownOption(
  Schema.fromJsonString(Schema.Record(Schema.String, Schema.String)),
)

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

/** Reads the content of rows; what cannot be a row here is kept aside. */
const readRows = (placed: readonly PlacedWikiRow[], leftovers: Leftovers): readonly ReadWikiRow[] =>
  placed.flatMap((each) => {
    const { row } = each
    const json = row.raw_row ?? ""
    const rawRow = isStorableJson(json) ? decodeRow(json) : Option.none()
    if (Option.isNone(rawRow)) {
      leftovers.onlyKeep(table, row, "its content is not a set of texts by header")
      return []
    }
    const stored = row.content_hash ?? ""
    const hash = contentHash(rawRow.value)
    if (stored !== hash)
      leftovers.alsoKeep(
        table,
        row,
        isHash(stored)
          ? "its hash is not that of its content; a new one is computed"
          : "it has no valid hash; a new one is computed",
      )
    if (each.pageUrl !== row.page_url)
      leftovers.alsoKeep(table, row, `its page is the catalogue's ${each.pageUrl}`)
    const [first = "", last = ""] = [row.first_seen ?? "", row.last_seen ?? ""]
    if (last < first) leftovers.alsoKeep(table, row, "it was seen last before it was seen first")
    return {
      ...each,
      id: row.id ?? "",
      rawRow: rawRow.value,
      hash,
      lastSeen: latest([first, last]),
    }
  })

/** Why a row is none that the suite would store; null for one that is. */
const whyHistory = (
  { row, rawRow, isCurrent }: ReadWikiRow,
  headers: readonly string[],
): string | null => {
  if (!isCurrent) return "its table is no longer on the page"
  const target = targetOf(row)
  if (target === null) return "it was read by rules that the suite does not know"
  const kind = kindOf(row)
  if (kind === null) {
    const named = nameHeader(headers)
    const isBlank = makeIsBlankRow(headers, named)
    return saysNothing(rawRow[named ?? ""] ?? "") || isBlank(rawRow)
      ? "it is a sum or a placeholder"
      : null
  }
  const slug = rawRow._wiki_entity_id ?? ""
  if (!levelledKinds[kind].entities.has(slug)) return `the suite knows no ${kind} "${slug}"`
  const isBlank = makeIsBlankRow(headers, targetRules[target].levelled?.entityColumn)
  return readLevel(rawRow.Level ?? "") === null || isBlank(rawRow)
    ? "it is a sum or a placeholder"
    : null
}

const earliest = (times: readonly string[]): string => times.toSorted()[0] ?? ""
const latest = (times: readonly string[]): string => times.toSorted().at(-1) ?? ""

const mapGroup = (
  group: readonly ReadWikiRow[],
  keepsKeyOrder: boolean,
  leftovers: Leftovers,
): readonly MappedWikiRow[] => {
  const inOrder = group.toSorted(
    (a, b) => a.lastSeen.localeCompare(b.lastSeen, "en") || Number(a.id) - Number(b.id),
  )
  const last = inOrder.at(-1)
  const [lowest] = group.toSorted((a, b) => Number(a.id) - Number(b.id))
  if (last === undefined || lowest === undefined) return []
  const { row, rawRow, pageUrl, section, hash, lastSeen } = last
  const { id } = lowest
  const firstSeen = earliest(group.map((each) => each.row.first_seen ?? ""))
  for (const each of group)
    if (each.id !== id) leftovers.merge(table, each.row, `it is one with row ${id}`)
  // The row here has the lowest number, but its times and its name are those of all of them together.
  const { canonical_name, deprecated } = row
  const together = { first_seen: firstSeen, last_seen: lastSeen, canonical_name, deprecated }
  if (
    group.length > 1 &&
    Object.entries(together).some(([name, text]) => lowest.row[name] !== text)
  )
    leftovers.alsoKeep(table, lowest.row, "other rows that say the same were merged into it")
  const headers = headersOf(kindOf(row), row.raw_row ?? "", rawRow, keepsKeyOrder)
  const current = group.find(({ isCurrent }) => isCurrent) ?? last
  const history = whyHistory(current, headers)
  const wasDeprecated = row.deprecated === "true"
  if (history !== null && !wasDeprecated)
    leftovers.alsoKeep(table, lowest.row, `deprecated: ${history}`)
  return [
    {
      members: group.map((each) => each.id),
      planned: {
        from: originOf(table, { ...row, id }),
        row: {
          id,
          page_url: pageUrl,
          source_section: section,
          parse_version: row.parse_version ?? "",
          entity_id: row.entity_id ?? "",
          content_hash: hash,
          canonical_name: row.canonical_name ?? "",
          headers,
          raw_row: row.raw_row ?? "",
          first_seen: firstSeen,
          last_seen: lastSeen,
          deprecated: wasDeprecated || history !== null,
        },
      },
    },
  ]
}

/**
 * The site's rows of the wiki as rows of ours. Content never changes; sections get their names here,
 * and rows that say the same of the same entity in one section are one.
 */
export const mapWikiRows = (
  rows: readonly SourceRow[],
  keepsKeyOrder: boolean,
  leftovers: Leftovers,
): readonly MappedWikiRow[] => {
  const read = readRows(placeSections(rows), leftovers)
  const groups = Map.groupBy(read, ({ row, pageUrl, section, hash }) =>
    JSON.stringify([pageUrl, section, row.parse_version, row.entity_id, hash]),
  )
  return [...groups.values()].flatMap((group) => mapGroup(group, keepsKeyOrder, leftovers))
}
