import { type Target, targetRules, type WikiPage } from "../catalogue.ts"
import type { WikiTable } from "../page/document.ts"
import type { Heading } from "../page/outline.ts"
import { slug } from "./slug.ts"

/** What the levels of a table belong to: a bot, a chip, a weapon. */
export interface Entity {
  readonly slug: string
  readonly name: string
}

/** How the anchor of a chip's section ends. */
const chipAnchor = /_Chip$/

/** Whether a heading is that of a guardian chip's section. */
export const isChipHeading = (heading: Heading | null): boolean =>
  chipAnchor.test(heading?.anchor ?? "")

const spaced = (title: string) => title.replaceAll("_", " ").trim()

/** The chip whose section a table stands in; for a table chosen by hand, its section or page. */
function chipName(page: WikiPage, { section, heading }: WikiTable): string {
  const chip = [section, heading].find(isChipHeading)
  if (chip) return spaced(chip.anchor.replace(chipAnchor, ""))
  return section?.text || spaced(page.title)
}

/** The entity a table's rows belong to; null for targets whose rows are entities themselves. */
export function entityOf(target: Target, page: WikiPage, table: WikiTable): Entity | null {
  if (targetRules[target].levelled === null) return null
  const name = target === "guardian_chips" ? chipName(page, table) : spaced(page.title)
  return { slug: slug(name), name }
}
