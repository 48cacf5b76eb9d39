import { expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import type { StoredDefinition } from "../../lib/definitions/definition.ts"
import type { DeletedLevel, RebuildPlan } from "../../lib/definitions/difference.ts"
import { planRebuild } from "../../lib/definitions/plan.ts"
import { rebuildTargetNames } from "../../lib/definitions/targets.ts"
import type { WikiPage } from "../../lib/wiki/catalogue.ts"
import { type ScrapedPage, scrapePage } from "../../lib/wiki/scrape.ts"
import { storedBy } from "../definitions/stored-by.ts"
import { demoPages } from "../support/demo-files.ts"
import { cases, patience } from "../support/long-run.ts"
import { bundledPages } from "../wiki/pages.ts"
import { putTogether, type Slip, slip, slipped, takeApart, upgradeHeader } from "./wiki-slips.ts"

const levelledPages = bundledPages.filter(
  ({ targets }) => !targets.includes("slots") && !targets.includes("cards_list"),
)

const htmlOf = ({ fileName }: WikiPage) => readFileSync(join(demoPages, fileName), "utf8")

/** What a rebuild from a page's rows would do to what is stored. */
function rebuildFrom(
  { pageUrl, pageRevision, tables }: ScrapedPage,
  stored: readonly StoredDefinition[] = [],
): RebuildPlan {
  const rows = tables.flatMap(({ headers, sourceSection, parseVersion, rows: scraped }) =>
    scraped.map((row) => ({
      ...row,
      ...{ pageUrl, pageRevision, headers, sourceSection, parseVersion },
    })),
  )
  const numbered = rows.map((row, index) => ({ ...row, id: -1 - index }))
  return planRebuild(rebuildTargetNames, numbered, stored)
}

const sound = new Map(
  levelledPages.map((page) => [
    page.title,
    storedBy(rebuildFrom(Result.getOrThrow(scrapePage(page, htmlOf(page))))),
  ]),
)

const soundOf = ({ title }: WikiPage) => sound.get(title) ?? []

/** Slips that change nothing a reader sees, or add a row that is plainly a sum: never refused. */
const isHarmless = ({ kind }: Slip) => kind === "insert hidden text" || kind === "add a total"

/** Whether a level is the last that is stored of its definition. */
function isLast(page: WikiPage, { slug, level }: DeletedLevel): boolean {
  const levels = soundOf(page)
    .filter((definition) => definition.slug === slug)
    .flatMap(({ parameters }) => parameters.flatMap((parameter) => parameter.levels))
  return levels.every((other) => other.level <= level)
}

/** Whether a slip rightly read may cost these levels: a bot's value, or all of the last row. */
function mayLose(page: WikiPage, { kind }: Slip, lost: readonly DeletedLevel[]): boolean {
  if (kind === "empty a cell") return page.targets.includes("bots") && lost.length === 1
  return kind === "delete a row" && lost.every((level) => isLast(page, level))
}

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
    const again = rebuildFrom(
      Result.getOrThrow(scrapePage(page, putTogether(apart))),
      soundOf(page),
    )
    expect([...again.levels, ...again.deletedLevels]).toEqual([])
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
        // What is drift stays as it is stored; everything else must be as before, or rightly read.
        const { parameters, levels, deletedLevels } = rebuildFrom(scraped.success, soundOf(page))
        expect([...parameters, ...levels]).toEqual([])
        if (!mayLose(page, made, deletedLevels)) expect(deletedLevels).toEqual([])
      }),
      { numRuns: cases(200, 20_000) },
    )
  },
  patience,
)
