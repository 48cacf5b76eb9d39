import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { demoPages } from "../support/demo-files.ts"
import { cases } from "../support/long-run.ts"

/** Files that commands are to read. */
export interface Input {
  /** The wiki's pages, each with a few cells and rows that the bundled ones do not have. */
  readonly pages: string
  /** One file with many battle reports. */
  readonly reports: string
  readonly remove: () => Promise<void>
}

const reportText = (run: number): string =>
  [
    "Battle Report",
    `Battle Date\t2026-01-${String(1 + (run % 28)).padStart(2, "0")} 12:00`,
    `Tier\t${1 + (run % 18)}`,
    `Wave\t${100 + run}`,
    `Coins earned\t${run}.50M`,
    `Golden Bot Coins Earned\t${run % 3}.00K`,
    `Orb Damage\t${run}.25q`,
    // On no scale that the reader knows: it is noted.
    "Thorn damage\t7.00Z",
    `Total Enemies\t${run * 100}`,
    "",
  ].join("\n")

/** Many battle reports, no two the same, as one text. */
export const manyReports = (first: number, count: number): string =>
  Array.from({ length: count }, (_, index) => reportText(first + index)).join("")

// Every fifth row of numbers is another one, and the last of each table is gone: a row that is missing from
// the midst of a table is refused.
const edited = (html: string): string => {
  let row = 0
  return html
    .replace(/<tr><td>\d[^\n]*<\/tr>(?=\s*(?:<tr><td><b>Totals?|<\/tbody>))/g, "")
    .replace(/<tr><td>\d[^\n]*<\/tr>/g, (text) => {
      row += 1
      // Another last digit, so that a number with commas stays one.
      return row % 5 === 0
        ? text.replace(/\d(?=<\/td><\/tr>$)/, (digit) => `${9 - Number(digit)}`)
        : text
    })
}

/** Writes the files into a folder of their own. */
export const prepareInput = async (): Promise<Input> => {
  const folder = await mkdtemp(join(tmpdir(), "input-"))
  const pages = join(folder, "wiki")
  await cp(demoPages, pages, { recursive: true })
  for (const name of await readdir(pages)) {
    const file = join(pages, name)
    await writeFile(file, edited(await readFile(file, "utf8")))
  }
  const reports = join(folder, "reports.txt")
  await writeFile(reports, manyReports(5000, cases(150, 400)))
  return { pages, reports, remove: () => rm(folder, { recursive: true }) }
}
