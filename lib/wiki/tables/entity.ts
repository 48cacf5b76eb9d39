import { entityTitles, type Target, targetRules, type WikiPage } from "../catalogue.ts"
import type { WikiTable } from "../page/document.ts"
import type { Heading, Place } from "../page/outline.ts"

/**
 * The stable name of an entity: lower case, every run of anything but `a-z0-9` one `_`, none at
 * the ends; `unknown` where nothing is left. `Golden Bot` is `golden_bot`.
 */
export function slug(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ["unknown"]
  return words.join("_")
}

/** What the levels of a table belong to: a bot, a chip, a weapon. */
export interface Entity {
  readonly slug: string
  readonly name: string
}

/** How the anchor of a chip's section ends. */
const chipAnchor = /_Chip$/

/** The nearest heading above a place that names a guardian chip, whatever the heading's level. */
export const chipHeading = ({ path }: Place): Heading | undefined =>
  path.findLast(({ anchor }) => chipAnchor.test(anchor))

const spaced = (title: string) => title.replaceAll("_", " ").trim()

const withoutChip = (anchor: string) => anchor.replace(chipAnchor, "")

/** The chip whose section a table is in; for a table named with `--table-index`, its section or page. */
function chipName(page: WikiPage, table: WikiTable): string {
  const chip = chipHeading(table)
  if (chip !== undefined) return spaced(withoutChip(chip.anchor))
  return table.section?.text || spaced(page.title)
}

/** The entity a table's rows belong to; null for targets whose rows are entities themselves. */
export function entityOf(target: Target, page: WikiPage, table: WikiTable): Entity | null {
  if (targetRules[target].levelled === null) return null
  const name = target === "guardian_chips" ? chipName(page, table) : spaced(page.title)
  return { slug: slug(name), name }
}

/** Whether a heading names an entity: a bot or weapon among other words, a chip by itself. */
const names = ({ anchor, text }: Heading, title: string): boolean =>
  [slug(anchor), slug(text)].some((words) =>
    chipAnchor.test(title)
      ? words === slug(title) || words === slug(withoutChip(title))
      : `_${words}_`.includes(`_${slug(title)}_`),
  )

/**
 * A heading above a table that names another entity than the one the table is taken to be about; for
 * a chip, below the chip's own heading.
 */
export function headingOfAnother(place: Place, entity: Entity): Heading | null {
  const chip = chipHeading(place)
  const path = chip === undefined ? place.path : place.path.slice(place.path.indexOf(chip) + 1)
  const others = entityTitles.filter((title) => slug(withoutChip(title)) !== entity.slug)
  return path.find((heading) => others.some((title) => names(heading, title))) ?? null
}
