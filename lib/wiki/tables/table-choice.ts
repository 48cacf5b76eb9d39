import type { Target } from "../catalogue.ts"
import type { WikiTable } from "../page/document.ts"
import type { Heading } from "../page/outline.ts"
import { isNameless } from "../page/table-headers.ts"
import { hasColumn, isCostColumn } from "./columns.ts"
import { chipHeading } from "./entity.ts"

type Tables = readonly WikiTable[]

/** How a target's tables are distinguished from the others on its page. */
interface TableChoice {
  /** What is looked for, as a maintainer would say it. */
  readonly lookedFor: string
  readonly choose: (tables: Tables) => Tables
}

const otherwise = (tables: Tables, others: () => Tables): Tables =>
  tables.length > 0 ? tables : others()

/** Tables whose section is such a heading; where there are none, whose nearest heading is. */
const under = (tables: Tables, isWanted: (heading: Heading | null) => boolean): Tables =>
  otherwise(
    tables.filter(({ section }) => isWanted(section)),
    () => tables.filter(({ heading }) => isWanted(heading)),
  )

const hasAnchor = (anchor: string) => (heading: Heading | null) => heading?.anchor === anchor

const hasColumns =
  (...names: readonly string[]) =>
  ({ headers }: WikiTable) =>
    names.every((name) => hasColumn(headers, name))

const mentions =
  (words: RegExp) =>
  ({ headers }: WikiTable) =>
    headers.some((header) => words.test(header))

/** Lab tables (`Level, Time, Cost, Value`), which are on the same pages as those of bots and weapons. */
const isLabTable = hasColumns("Level", "Time")

/** Whether the columns, `Level` and nameless ones aside, are pairs of a value and its cost. */
function hasValueCostPairs({ headers }: WikiTable): boolean {
  const paired = headers.filter((header) => !/^level$/i.test(header) && !isNameless(header))
  return (
    paired.length > 0 &&
    paired.length % 2 === 0 &&
    paired.every((header, index) => isCostColumn(header) === (index % 2 === 1))
  )
}

/** What the column of the slots is called. */
const slotHeaders = ["Slots", "Slot", "Slot(s)", "Card Slots", "Card Slot"]

const hasCost = mentions(/\b(?:gems?|costs?)\b/i)

/** What the columns of a chip's upgrades are called, and those of its drops are not. */
const chipColumns = /bits|cooldown|recovery/i

/** Each target's choice among the tables of a page that have rows. */
export const tableChoices: Readonly<Record<Target, TableChoice>> = {
  slots: {
    lookedFor: "a table with the column Slots and one for its cost, such as Gem Cost",
    choose: (tables) =>
      tables.filter(
        (table) => slotHeaders.some((name) => hasColumns(name)(table)) && hasCost(table),
      ),
  },
  cards_list: {
    lookedFor: "tables under the heading List_of_Cards",
    choose: (tables) => under(tables, hasAnchor("List_of_Cards")),
  },
  bots: {
    lookedFor: "a table under the heading Cost, or one with the columns Level and Cost",
    choose: (tables) => {
      const others = tables.filter((table) => !isLabTable(table))
      return otherwise(under(others, hasAnchor("Cost")), () => botLikeTables(tables))
    },
  },
  guardian_chips: {
    lookedFor:
      "a table with Bits, Cooldown or Recovery in every section that has tables and an anchor ending in _Chip",
    choose: (tables) => {
      const byChip = Map.groupBy(tables, (table) => chipHeading(table)?.anchor ?? null)
      byChip.delete(null)
      const chosen = [...byChip.values()].map((own) => own.filter(mentions(chipColumns)))
      return chosen.every((own) => own.length > 0) ? chosen.flat() : []
    },
  },
  ultimate_weapons: {
    lookedFor: "a table whose columns are pairs of a value and its cost",
    choose: (tables) => tables.filter((table) => !isLabTable(table) && hasValueCostPairs(table)),
  },
}

const costAnchor = /^Costs?(?:_\d+)?$/

/** The anchors of the headings called Cost that tables are under: several where pages were merged. */
export const costAnchors = (tables: Tables): ReadonlySet<string> =>
  new Set(
    tables.flatMap(
      ({ path }) => path.findLast(({ anchor }) => costAnchor.test(anchor))?.anchor ?? [],
    ),
  )

/** Tables that might pass for a bot's, wherever they are on the page. */
export const botLikeTables = (tables: Tables): Tables =>
  tables.filter((table) => !isLabTable(table) && hasColumns("Level", "Cost")(table))
