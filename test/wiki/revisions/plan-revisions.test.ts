import { describe, expect, test } from "bun:test"
import * as Result from "effect/Result"
import { overlayPlans } from "../../../lib/wiki/revisions/overlay-plans.ts"
import { countsOf, planRevisions } from "../../../lib/wiki/revisions/plan-revisions.ts"
import type { StoredRevision } from "../../../lib/wiki/revisions/revisions.ts"
import { type Sections, scraped } from "../scraped-sections.ts"

const plan = (stored: readonly StoredRevision[], sections: Sections, allowShrink = false) =>
  Result.getOrThrow(planRevisions(stored, scraped(sections), { allowShrink }))

/** The revisions after the page was stored in each of these states; ids are -1, -2, … */
const after = (...states: readonly Sections[]): readonly StoredRevision[] =>
  states.reduce<readonly StoredRevision[]>(
    (stored, sections) => overlayPlans(stored, [plan(stored, sections, true)]),
    [],
  )

const counts = (stored: readonly StoredRevision[], sections: Sections) =>
  plan(stored, sections, true).sections.map((section) => ({
    section: section.sourceSection,
    ...countsOf(section),
  }))

const entities = (count: number, from = 0) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`e${from + index}`, "v"]))

describe("storing a page", () => {
  test("storing a page adds what is new, and changes nothing the second time", () => {
    const page = { s: { a: "1", b: "2" } }
    expect(counts([], page)).toEqual([
      { section: "s", added: 2, changed: 0, unchanged: 0, deprecated: 0 },
    ])
    expect(counts(after(page), page)).toEqual([
      { section: "s", added: 0, changed: 0, unchanged: 2, deprecated: 0 },
    ])
  })

  test("storing a page keeps the old revision of changed content beside the new one", () => {
    const stored = after({ s: { a: "1", b: "2" } })
    const { sections } = plan(stored, { s: { a: "3", b: "2" } })
    expect(sections[0]).toMatchObject({
      added: [],
      changed: [{ previous: { id: -1, entityId: "a" }, next: { rawRow: { Value: "3" } } }],
      unchanged: [{ id: -2 }],
    })
  })

  test("storing a page restores the earlier revision where content returns to it", () => {
    const stored = after({ s: { a: "1" } }, { s: { a: "2" } })
    const [section] = plan(stored, { s: { a: "1" } }).sections
    expect(section).toMatchObject({
      changed: [],
      reactivated: [{ previous: { id: -2 }, next: { id: -1 } }],
    })
    expect(section && countsOf(section).changed).toBe(1)

    const again = after({ s: { a: "1" } }, { s: { a: "2" } }, { s: { a: "1" } })
    expect(again).toHaveLength(2)
    expect(counts(again, { s: { a: "1" } })).toMatchObject([{ changed: 0, unchanged: 1 }])
  })

  test("storing a page tells the latest of two revisions seen at the same time by their order", () => {
    const [older, newer] = after({ s: { a: "1" } }, { s: { a: "2" } })
    const stored = [newer, older].flatMap((revision) =>
      revision ? { ...revision, lastSeen: 5 } : [],
    )
    expect(counts(stored, { s: { a: "2" } })).toMatchObject([{ changed: 0, unchanged: 1 }])
  })

  test("storing a page deprecates the latest revision of what is gone, once", () => {
    const stored = after({ s: { a: "1", b: "1" } }, { s: { a: "1", b: "2" } })
    expect(plan(stored, { s: { a: "1" } }).sections[0]?.deprecated).toMatchObject([{ id: -3 }])
    const gone = after({ s: { a: "1", b: "1" } }, { s: { a: "1", b: "2" } }, { s: { a: "1" } })
    expect(counts(gone, { s: { a: "1" } })).toEqual([
      { section: "s", added: 0, changed: 0, unchanged: 1, deprecated: 0 },
    ])
  })

  test("storing a page restores a deprecated entity: unchanged with its latest content, changed with other", () => {
    const gone = after({ s: { a: "1", b: "1" } }, { s: { a: "1", b: "2" } }, { s: { a: "1" } })
    const back = (b: string) => plan(gone, { s: { a: "1", b } }).sections[0]
    expect(back("2")?.unchanged).toMatchObject([{ id: -1 }, { id: -3, deprecated: true }])
    expect(back("1")?.reactivated).toMatchObject([{ previous: { id: -3 }, next: { id: -2 } }])
    expect(back("9")?.changed).toMatchObject([{ previous: { id: -3 }, next: { entityId: "b" } }])
  })

  test("storing a page deprecates sections that are gone, and names no table for them", () => {
    const stored = after({ s: { a: "1" }, t: { b: "1" } })
    expect(plan(stored, { s: { a: "1" } }).sections).toMatchObject([
      { sourceSection: "s", tableIndex: 0, deprecated: [] },
      { sourceSection: "t", tableIndex: null, target: "bots", deprecated: [{ entityId: "b" }] },
    ])
    const gone = after({ s: { a: "1" }, t: { b: "1" } }, { s: { a: "1" } })
    expect(plan(gone, { s: { a: "1" } }).sections).toHaveLength(1)
  })

  test("storing a page of which a maintainer named some tables leaves the sections of the others alone", () => {
    const stored = after({ s: { a: "1", b: "1" }, t: { c: "1" } })
    const named = { ...scraped({ s: { a: "1" } }), isPartial: true }
    const { sections } = Result.getOrThrow(planRevisions(stored, named))
    expect(sections).toMatchObject([{ sourceSection: "s", deprecated: [{ entityId: "b" }] }])
  })

  test("storing a page leaves other pages and other parse versions alone", () => {
    const stored = after({ s: { a: "1", b: "1" } }).map((revision) =>
      revision.entityId === "a"
        ? { ...revision, pageUrl: "https://wiki.test/wiki/Other" }
        : { ...revision, parseVersion: "cards_v1" },
    )
    expect(counts(stored, { s: { c: "1" } })).toEqual([
      { section: "s", added: 1, changed: 0, unchanged: 0, deprecated: 0 },
    ])
  })

  test("a new revision says what it is and where it is from", () => {
    const page = scraped({ s: { a: "1" } }, "https://wiki.test/wiki/Bot", 4024)
    const [section] = Result.getOrThrow(planRevisions([], page)).sections
    expect(section?.added).toEqual([
      {
        pageUrl: "https://wiki.test/wiki/Bot",
        sourceSection: "s",
        parseVersion: "bots_v1",
        pageRevision: 4024,
        canonicalName: "a",
        entityId: "a",
        contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        headers: ["Value"],
        rawRow: { Value: "1", _wiki_entity_id: "a" },
      },
    ])
  })
})

describe("a page that shrinks", () => {
  const planned = (before: Sections, now: Sections) => planRevisions(after(before), scraped(now))

  test.each([
    ["five of five entities", 5, 0],
    ["half of the entities", 12, 6],
    ["few of many", 20, 14],
  ])("a page that shrinks by %s is stored", (_, before, now) => {
    expect(Result.isSuccess(planned({ s: entities(before) }, { s: entities(now) }))).toBe(true)
  })

  test.each([
    ["six of six", 6, 0],
    ["seven of twelve", 12, 5],
  ])("a page that shrinks by %s is refused, naming section and counts", (_, before, now) => {
    const refused = planned(
      { s: entities(before), t: { a: "1" } },
      { s: entities(now), t: { a: "1" } },
    )
    const error = Result.getOrThrow(Result.flip(refused))
    expect(error).toMatchObject({
      _tag: "PageShrunk",
      page: "https://wiki.test/wiki/Bot",
      sections: [{ sourceSection: "s", live: before, missing: before - now }],
    })
    expect(error.message).toContain(`s: ${before - now} of ${before} gone`)
    expect(error.message).toContain("--allow-shrink")
  })

  test("a page that shrinks is refused where a whole section is gone", () => {
    const refused = planned({ s: entities(6), t: entities(1) }, { t: entities(1) })
    expect(Result.isFailure(refused)).toBe(true)
  })

  test("a page that shrinks is refused where a section has all new entities instead", () => {
    expect(Result.isFailure(planned({ s: entities(6) }, { s: entities(6, 100) }))).toBe(true)
  })

  test("a page that shrinks is stored where it is allowed to", () => {
    expect(counts(after({ s: entities(6) }), { s: {} })).toMatchObject([{ deprecated: 6 }])
  })

  test("rows deprecated before count neither as lost nor as present when a page shrinks", () => {
    const stored = after({ s: entities(20) }, { s: entities(11) })
    expect(Result.isFailure(planRevisions(stored, scraped({ s: entities(5) })))).toBe(true)
    expect(Result.isSuccess(planRevisions(stored, scraped({ s: entities(6) })))).toBe(true)
  })
})
