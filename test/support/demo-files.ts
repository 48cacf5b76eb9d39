import { resolve } from "node:path"

/** The wiki pages that the project brings along. */
export const demoPages = resolve(import.meta.dir, "../../lib/demo/wiki")

/** The battle reports that it brings along. */
export const demoReports = resolve(import.meta.dir, "../../lib/demo/battle-reports")

/** How many rows of the wiki those pages have for each target. */
export const demoRows = {
  bots: 110,
  cards_list: 24,
  guardian_chips: 415,
  slots: 20,
  ultimate_weapons: 316,
} as const

/** What they have altogether, and what a rebuild makes of it. */
export const demoTotals = {
  tables: 22,
  rows: Object.values(demoRows).reduce((sum, rows) => sum + rows, 0),
  // Bots, cards, chips and weapons.
  definitions: 4 + 24 + 5 + 9,
  // Of bots, chips and weapons, like the levels.
  parameters: 16 + 15 + 27,
  levels: 351 + 722 + 586,
} as const

/** How many battle reports there are, and how many bots were used in them. */
export const demoRuns = { reports: 6, botsUsed: 20 } as const
