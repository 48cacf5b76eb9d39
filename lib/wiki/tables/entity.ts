import { type Target, targetRules, type WikiPage } from "../catalogue.ts"
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

/** The heading of the guardian chip a table is about: its section's, else its nearest. */
export const chipHeading = ({ section, heading }: Place): Heading | undefined =>
  [section, heading].find((place) => place !== null && chipAnchor.test(place.anchor)) ?? undefined

const spaced = (title: string) => title.replaceAll("_", " ").trim()

/** The chip whose section a table stands in; for a table chosen by hand, its section or page. */
function chipName(page: WikiPage, table: WikiTable): string {
  const chip = chipHeading(table)
  if (chip !== undefined) return spaced(chip.anchor.replace(chipAnchor, ""))
  return table.section?.text || spaced(page.title)
}

/** The entity a table's rows belong to; null for targets whose rows are entities themselves. */
export function entityOf(target: Target, page: WikiPage, table: WikiTable): Entity | null {
  if (targetRules[target].levelled === null) return null
  const name = target === "guardian_chips" ? chipName(page, table) : spaced(page.title)
  return { slug: slug(name), name }
}
