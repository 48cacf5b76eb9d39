import { describe, expect, test } from "bun:test"
import * as Result from "effect/Result"
import fc from "fast-check"
import { overlayPlans } from "../../../lib/wiki/revisions/overlay-plans.ts"
import { countsOf, planRevisions } from "../../../lib/wiki/revisions/plan-revisions.ts"
import { latestRows, type StoredRevision } from "../../../lib/wiki/revisions/revisions.ts"
import { carryOut, type Sections, scraped } from "../revision-store.ts"

const pageUrls = ["https://wiki.test/wiki/A", "https://mirror.test/wiki/A"]

/** The wiki over time: at each point the sections of each page that is read. */
const history = fc.array(
  fc.array(
    fc.dictionary(
      fc.constantFrom("s", "t"),
      fc.dictionary(fc.constantFrom("a", "b", "c"), fc.constantFrom("1", "2", "3")),
      { minKeys: 1 },
    ),
    { minLength: 1, maxLength: pageUrls.length },
  ),
  { maxLength: 8 },
)

const plansFor = (stored: readonly StoredRevision[], pages: readonly Sections[]) =>
  pages.map((sections, index) =>
    Result.getOrThrow(
      planRevisions(stored, scraped(sections, pageUrls[index]), { allowShrink: true }),
    ),
  )

/** What later stages see of rows, in an order of its own. */
const content = (rows: readonly StoredRevision[]) =>
  rows.map(({ id: _, lastSeen: __, ...seen }) => JSON.stringify(seen)).toSorted()

interface Moment {
  readonly pages: readonly Sections[]
  readonly before: readonly StoredRevision[]
  readonly after: readonly StoredRevision[]
}

/** Stores every state of a history, each later than the one before. */
function* replay(states: readonly (readonly Sections[])[]): Generator<Moment> {
  let stored: readonly StoredRevision[] = []
  for (const [at, pages] of states.entries()) {
    const before = stored
    stored = carryOut(before, plansFor(before, pages), 1000 + at)
    yield { pages, before, after: stored }
  }
}

const always = (claim: (moment: Moment) => void) =>
  fc.assert(
    fc.property(history, (states) => {
      for (const moment of replay(states)) claim(moment)
    }),
  )

describe("after any history of the wiki", () => {
  test("the overlay of plans is what reading after carrying them out gives", () => {
    always(({ pages, before, after }) => {
      const overlaid = overlayPlans(before, plansFor(before, pages))
      expect(content(overlaid)).toEqual(content(latestRows(after)))
    })
  })

  test("planned rows have negative ids of their own, stored ones keep theirs", () => {
    always(({ pages, before, after }) => {
      const overlaid = overlayPlans(before, plansFor(before, pages))
      expect(new Set(overlaid.map(({ id }) => id)).size).toBe(overlaid.length)
      const known = new Set(before.map(({ id }) => id))
      const planned = overlaid.filter(({ id }) => !known.has(id))
      expect(planned.every(({ id }) => id < 0)).toBe(true)
      expect(after.length - before.length).toBeGreaterThanOrEqual(planned.length)
    })
  })

  test("every revision ever stored is still there, unaltered and once", () => {
    always(({ before, after }) => {
      const contents = (revisions: readonly StoredRevision[]) =>
        revisions.map(({ lastSeen: _, deprecated: __, ...rest }) => rest)
      expect(contents(after).slice(0, before.length)).toEqual(contents(before))
      const keys = after.map((revision) =>
        JSON.stringify([
          revision.pageUrl,
          revision.sourceSection,
          revision.entityId,
          revision.contentHash,
        ]),
      )
      expect(new Set(keys).size).toBe(keys.length)
    })
  })

  test("each page read has the rows it says, and no others", () => {
    always(({ pages, after }) => {
      for (const [index, sections] of pages.entries()) {
        const own = after.filter(({ pageUrl }) => pageUrl === pageUrls[index])
        for (const section of ["s", "t"]) {
          const live = latestRows(own.filter(({ sourceSection }) => sourceSection === section))
          const says = live.map(({ entityId, rawRow }) => [entityId, rawRow.Value])
          expect(says.toSorted()).toEqual(Object.entries(sections[section] ?? {}).toSorted())
        }
      }
    })
  })

  test("storing the same again changes nothing", () => {
    always(({ pages, after }) => {
      for (const section of plansFor(after, pages).flatMap((plan) => plan.sections)) {
        expect(countsOf(section)).toMatchObject({ added: 0, changed: 0, deprecated: 0 })
      }
    })
  })
})

describe("the latest rows", () => {
  const row = (id: number, lastSeen: number, change: Partial<StoredRevision> = {}) => ({
    ...{ id, lastSeen, deprecated: false, pageUrl: "p", sourceSection: "s", parseVersion: "v" },
    ...{ entityId: "a", contentHash: String(id), canonicalName: "A", headers: [], rawRow: {} },
    ...{ pageRevision: null, ...change },
  })
  const latestIds = (...rows: readonly StoredRevision[]) => latestRows(rows).map(({ id }) => id)

  test("are those seen last, then those stored last; planned ones were stored last", () => {
    expect(latestIds(row(1, 9), row(2, 5))).toEqual([1])
    expect(latestIds(row(2, 5), row(1, 5))).toEqual([2])
    expect(latestIds(row(-2, 5), row(3, 5), row(-1, 5))).toEqual([-2])
  })

  test("leave out an entity whose latest revision is deprecated, whatever came before", () => {
    expect(latestIds(row(1, 5), row(2, 9, { deprecated: true }))).toEqual([])
  })

  test("have an entity of several sections or pages once, as it was seen last", () => {
    const other = row(2, 4, { sourceSection: "t" })
    expect(latestIds(row(1, 5), other)).toEqual([1])
    expect(latestIds(row(1, 5, { deprecated: true }), other)).toEqual([2])
    expect(latestIds(row(1, 5), row(3, 4, { parseVersion: "w" }))).toEqual([1, 3])
  })

  test("have an entity that two tables contradict each other about as both say it", () => {
    const other = row(2, 5, { sourceSection: "t" })
    expect(latestIds(row(1, 5), other)).toEqual([1, 2])
    expect(latestIds(row(1, 5), { ...other, contentHash: "1" })).toEqual([2])
  })
})
