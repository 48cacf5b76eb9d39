import { normaliseHeader, readCostHeader } from "../../definitions/drafts/headers.ts"
import { type LevelledKind, levelledKinds } from "../../definitions/registry.ts"
import type { RawRow } from "../../wiki/rows/raw-row.ts"
import { isCostColumn } from "../../wiki/tables/columns.ts"

/** The columns that name the entity of a row, which the site added. */
const entityColumns: Readonly<Record<LevelledKind, string>> = {
  bot: "Bot",
  ultimate_weapon: "Ultimate Weapon",
  guardian_chip: "Guardian",
}

const member = /"((?:[^"\\]|\\.)*)"\s*:\s*"(?:[^"\\]|\\.)*"/g

/** The keys of a flat JSON object in the order in which they are written. */
const writtenKeys = (json: string): readonly string[] =>
  [...json.matchAll(member)].map(([, key]): string => JSON.parse(`"${key}"`))

const isAdded = (kind: LevelledKind | null, row: RawRow, key: string): boolean => {
  if (key.startsWith("_")) return true
  if (kind === null) return false
  const has = (header: string) => Object.hasOwn(row, header)
  return (
    key === entityColumns[kind] ||
    (key === "Level" && kind !== "bot") ||
    (key === "Cooldown" && (has("Cooldown (s)") || has("Cooldown(s)"))) ||
    (key === "Max Recovery" && kind === "guardian_chip" && has("Max Recovey"))
  )
}

/** Where a header belongs in the table: its parameter's place, values before their costs. */
const placeOf = (kind: LevelledKind, slug: string, header: string): readonly number[] => {
  const { entities, costs, costNames } = levelledKinds[kind]
  if (header === "Level") return [-2]
  const isCost = isCostColumn(header)
  if (isCost && costs === "shared") return [-1]
  const columns = entities.get(slug) ?? []
  const indexOf = (meaning: string): number => {
    const found = columns.findIndex(({ header, aliases = [] }) =>
      [header, ...aliases].some((name) => normaliseHeader(name) === meaning),
    )
    return found < 0 ? columns.length : found
  }
  if (!isCost) return [indexOf(normaliseHeader(header)), 0]
  const named = readCostHeader(normaliseHeader(header), costNames)?.of ?? null
  const [, repeat = "1"] = /__(\d+)$/.exec(header) ?? []
  return [named === null ? Number(repeat) - 1 : indexOf(named), 1]
}

const compareNumbers = (a: readonly number[], b: readonly number[]): number => {
  const at = a.findIndex((number, index) => number !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? Number.NEGATIVE_INFINITY)
}

/** Whether a column of a list says what a row is about, which the wiki's lists say first. */
const isName = (header: string): boolean => /^(?:name|card|(?:card )?slots?)$/i.test(header)

/**
 * The headers of the table that a row was in, in its order. Where JSON has lost that order, value
 * columns come as the registry has them, each with its cost.
 */
export const headersOf = (
  kind: LevelledKind | null,
  json: string,
  row: RawRow,
  keepsKeyOrder: boolean,
): readonly string[] => {
  const keys = writtenKeys(json)
  if (keepsKeyOrder) {
    const firstAdded = keys.findIndex((key) => key.startsWith("_"))
    return firstAdded < 0 ? keys : keys.slice(0, firstAdded)
  }
  const own = keys.filter((key) => !isAdded(kind, row, key))
  if (kind === null) return own.toSorted((a, b) => Number(isName(b)) - Number(isName(a)))
  const slug = row._wiki_entity_id ?? ""
  return own.toSorted((a, b) => compareNumbers(placeOf(kind, slug, a), placeOf(kind, slug, b)))
}
