import { expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { planRebuild } from "../../lib/definitions/plan.ts"
import { rebuildTargetNames } from "../../lib/definitions/targets.ts"
import type { WikiPage } from "../../lib/wiki/catalogue.ts"
import { type ScrapedPage, scrapePage } from "../../lib/wiki/scrape.ts"
import { demoPages } from "../support/demo-files.ts"
import { cases, patience } from "../support/long-run.ts"
import { bundledPages } from "../wiki/pages.ts"
import { putTogether, type Slip, slip, slipped, takeApart } from "./wiki-slips.ts"

/** The header row of an upgrade table: a value and what it costs, and no table of the laboratory. */
const upgradeHeader = /^(?!.*(?:Time|UW\+)).*(?:Cost|Stones|Bits)/s

const levelledPages = bundledPages.filter(
  ({ targets }) => !targets.includes("slots") && !targets.includes("cards_list"),
)

const htmlOf = ({ fileName }: WikiPage) => readFileSync(join(demoPages, fileName), "utf8")

/** The levels of all definitions that a page's rows give, as they would be stored from nothing. */
function levelsOf({ pageUrl, pageRevision, tables }: ScrapedPage): {
  readonly levels: readonly string[]
  readonly isDrift: boolean
} {
  const rows = tables.flatMap(({ headers, sourceSection, parseVersion, rows: scraped }) =>
    scraped.map((row) => ({
      ...row,
      ...{ pageUrl, pageRevision, headers, sourceSection, parseVersion },
    })),
  )
  const numbered = rows.map((row, index) => ({ ...row, id: -1 - index }))
  const plan = planRebuild(rebuildTargetNames, numbered, [])
  const levels = plan.levels.map(({ slug, key, level, valueRaw, costRaw }) =>
    [slug, key, level, valueRaw, costRaw].join(" "),
  )
  const isDrift = plan.drift.some(({ reason }) => reason !== "no-rows")
  return { levels: levels.toSorted(), isDrift }
}

const sound = new Map(
  levelledPages.map((page) => [
    page.title,
    levelsOf(Result.getOrThrow(scrapePage(page, htmlOf(page)))).levels,
  ]),
)

/** Slips that change nothing a reader sees, or add a row that is plainly a sum: never refused. */
const isHarmless = ({ kind }: Slip) => kind === "insert hidden text"

/** Another page of the kind, for slips that bring one in. */
function otherThan(page: WikiPage, made: Slip): WikiPage {
  const others = levelledPages.filter(
    ({ title, targets }) => title !== page.title && targets.join() === page.targets.join(),
  )
  return ("other" in made ? others[made.other % Math.max(1, others.length)] : undefined) ?? page
}

const table = fc.record({ page: fc.constantFrom(...levelledPages), nth: fc.nat(9) })

test("a page that is taken apart and put together reads as before", () => {
  for (const page of levelledPages) {
    const apart = takeApart(htmlOf(page), upgradeHeader, 0)
    if (apart === null) throw new Error(`no upgrade table on ${page.title}`)
    const again = Result.getOrThrow(scrapePage(page, putTogether(apart)))
    expect(levelsOf(again).levels).toEqual(sound.get(page.title) ?? [])
  }
})

test(
  "an editor's slip leaves the definitions as they were, or the page is refused",
  () => {
    fc.assert(
      fc.property(table, slip, ({ page, nth }, made) => {
        const apart = takeApart(htmlOf(page), upgradeHeader, nth)
        if (apart === null) throw new Error(`no upgrade table on ${page.title}`)
        const scraped = scrapePage(page, slipped(apart, made, htmlOf(otherThan(page, made))))
        if (Result.isFailure(scraped)) {
          expect(isHarmless(made)).toBe(false)
          for (const { problems } of scraped.failure)
            for (const problem of problems) expect(problem.message).toContain(page.url)
          return
        }
        const { levels, isDrift } = levelsOf(scraped.success)
        if (!isDrift) expect(levels).toEqual(sound.get(page.title) ?? [])
      }),
      { numRuns: cases(200, 20_000) },
    )
  },
  patience,
)
