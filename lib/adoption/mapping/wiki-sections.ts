import type { LevelledKind } from "../../definitions/registry.ts"
import { listedPage, type Target, targetNames, targetRules } from "../../wiki/catalogue.ts"
import type { SourceRow } from "../source/source.ts"

const kinds: Readonly<Partial<Record<Target, LevelledKind>>> = {
  bots: "bot",
  guardian_chips: "guardian_chip",
  ultimate_weapons: "ultimate_weapon",
}

/** What a row was captured for; null for one that was read by rules nobody knows. */
export const targetOf = ({ parse_version }: SourceRow): Target | null =>
  targetNames.find((name) => targetRules[name].parseVersion === parse_version) ?? null

/** The kind of entity whose level a row is, if it is one. */
export const kindOf = (row: SourceRow): LevelledKind | null => {
  const target = targetOf(row)
  return target === null ? null : (kinds[target] ?? null)
}

/** The address by which the catalogue lists a page: `Golden_Bot` is `Golden_Bot#Cost`. */
export const pageUrlOf = (row: SourceRow): string => {
  const url = row.page_url ?? ""
  const [, title] =
    /^https:\/\/the-tower-idle-tower-defense\.fandom\.com\/wiki\/([^#?]+)/.exec(url) ?? []
  const listed = title === undefined ? null : listedPage(title)
  const target = targetOf(row)
  return listed !== null && target !== null && listed.targets.includes(target) ? listed.url : url
}

/** A section's name apart from its number. */
const partsOf = (section: string) => {
  const [, stem = section, index = "0"] = /^(.*)_(\d+)$/.exec(section) ?? []
  return { stem, index: Number(index) }
}

/** A row of the wiki by the names that it has here. */
export interface PlacedWikiRow {
  readonly row: SourceRow
  readonly pageUrl: string
  readonly section: string
  /** Whether its page still had the table when it was seen last. */
  readonly isCurrent: boolean
}

// A page's tables were not stored at one moment.
const oneFetchMilliseconds = 5 * 60_000

const timeOf = ({ last_seen }: SourceRow): number => Date.parse(last_seen ?? "")

/** The sections of a page whose rows were seen by its last fetch. */
const currentSections = (rows: readonly PlacedWikiRow[]): ReadonlySet<string> => {
  const last = rows.reduce((latest, { row }) => Math.max(latest, timeOf(row)), 0)
  return new Set(
    rows
      .filter(({ row }) => timeOf(row) >= last - oneFetchMilliseconds)
      .map(({ section }) => section),
  )
}

/** The number of each section among those of its name, by what it was called. */
const numbersOf = (sections: readonly string[], current: ReadonlySet<string>) => {
  const byStem = Map.groupBy(new Set(sections), (section) => partsOf(section).stem)
  return new Map(
    [...byStem.values()].flatMap((own) => {
      const inOrder = own.toSorted((a, b) => partsOf(a).index - partsOf(b).index)
      const live = inOrder.filter((section) => current.has(section))
      // What is no longer on the page joins what has taken its place.
      return inOrder.map((section): readonly [string, number] =>
        live.length === 0
          ? [section, inOrder.indexOf(section)]
          : [section, Math.max(live.indexOf(section), 0)],
      )
    }),
  )
}

/**
 * Names the sections of rows as they are named here. The site numbered a table by its place in the
 * document; here it is numbered among the tables of its name.
 */
export const placeSections = (rows: readonly SourceRow[]): readonly PlacedWikiRow[] => {
  const named = rows.map((row): PlacedWikiRow => {
    const section = row.source_section ?? ""
    return { row, pageUrl: pageUrlOf(row), section, isCurrent: true }
  })
  const groups = Map.groupBy(named, ({ row, pageUrl, section }) =>
    // An entity's tables come and go on their own; a list is there as a whole.
    JSON.stringify([pageUrl, row.parse_version, kindOf(row) === null ? "" : partsOf(section).stem]),
  )
  return [...groups.values()].flatMap((own) => {
    const current = currentSections(own)
    const numbers = numbersOf(
      own.map(({ section }) => section),
      current,
    )
    return own.map((placed) => {
      const { section } = placed
      const isNumbered = /_\d+$/.test(section)
      return {
        ...placed,
        section: isNumbered ? `${partsOf(section).stem}_${numbers.get(section) ?? 0}` : section,
        isCurrent: current.has(section),
      }
    })
  })
}
