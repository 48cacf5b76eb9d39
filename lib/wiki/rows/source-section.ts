import type { Target } from "../catalogue.ts"
import type { WikiTable } from "../page/document.ts"
import type { SelectedTable } from "../tables/select-tables.ts"
import { slug } from "../tables/slug.ts"

/** What a table of the card list is called: its heading, else its caption, else its anchor. */
export const tableLabel = ({ heading, caption }: WikiTable): string =>
  heading?.text || caption || heading?.anchor || ""

function stem(target: Target, { table, entity }: SelectedTable): string {
  if (entity !== null) return `${target}_${entity.slug}_table`
  return target === "cards_list" ? `cards_list_${slug(tableLabel(table))}` : "cards_table"
}

/**
 * The name of a table within its page. It is numbered among the tables selected beside it, not
 * among all of the page, so that a table that merely moves keeps its name and its rows' history.
 */
export const sourceSection = (target: Target, selected: SelectedTable): string =>
  `${stem(target, selected)}_${selected.position}`
