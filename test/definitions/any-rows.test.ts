import { describe, expect, test } from "bun:test"
import * as fc from "fast-check"
import { draftDefinitions } from "../../lib/definitions/plan.ts"
import { rebuildTargetNames } from "../../lib/definitions/targets.ts"
import type { LatestRow } from "../../lib/wiki/revisions/latest-rows.ts"
import { cardRow, goldenBot } from "./wiki-rows.ts"

const header = fc.oneof(
  fc.constantFrom("Level", "Cost", "Duration", "Cooldown", "Bonus", "Range", "Bits", "Damage"),
  fc.constantFrom("Stones (Damage)", "Bits__2", "Cost (Bits)", "Lv. 1", "(s)", "()", "%", "Effect"),
  fc.constantFrom("__proto__", "constructor"),
  fc.string(),
)

const anyRow: fc.Arbitrary<LatestRow> = fc.record({
  id: fc.integer(),
  pageUrl: fc.webUrl(),
  canonicalName: fc.oneof(fc.constantFrom("Golden Bot", "Spotlight"), fc.string()),
  entityId: fc.string(),
  headers: fc.array(header, { maxLength: 8 }),
  rawRow: fc.dictionary(
    fc.oneof(header, fc.constant("_wiki_entity_id")),
    fc.oneof(fc.constantFrom("golden_bot", "__proto__", "1", "", "Total"), fc.string()),
  ),
  pageRevision: fc.constantFrom(null, 7),
  sourceSection: fc.string(),
  parseVersion: fc.constantFrom(
    "cards_list_v1",
    "bots_v1",
    "guardian_chips_v1",
    "ultimate_weapons_v1",
  ),
})

describe("definitions of any rows", () => {
  test("a target's definitions are made from rows of its own parse version alone", () => {
    const slot = { ...cardRow({ Slots: "1", "Gem Cost": "50" }), parseVersion: "cards_v1" }
    const { drafts, problems } = draftDefinitions("bots", [slot, ...goldenBot()])
    expect(drafts.map(({ slug }) => slug)).toEqual(["golden_bot"])
    expect(problems).toEqual([])
    expect(draftDefinitions("cards", [slot, ...goldenBot()])).toMatchObject({
      drafts: [],
      problems: [{ reason: "no-rows", kind: "card" }],
    })
  })

  test("definitions come in the order of their slugs", () => {
    const rows = ["Wave", "Aura", "Nuke"].map((Name, id) => cardRow({ Name, Effect: "1" }, "", id))
    const slugs = draftDefinitions("cards", rows).drafts.map(({ slug }) => slug)
    expect(slugs).toEqual(["aura", "nuke", "wave"])
  })

  test("every entity is either drafted or named as drifted, whatever its rows hold", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyRow, { maxLength: 12, selector: ({ id }) => id }),
        fc.constantFrom(...rebuildTargetNames),
        (rows, target) => {
          const { drafts, problems } = draftDefinitions(target, rows)
          const drafted = new Set<string | null>(drafts.map(({ slug }) => slug))
          expect(drafts.length + problems.length).toBeGreaterThan(0)
          expect(problems.filter(({ entity }) => drafted.has(entity))).toEqual([])
        },
      ),
      { numRuns: 500 },
    )
  })
})
