import { describe, expect, test } from "bun:test"
import * as Result from "effect/Result"
import { diffRevisions } from "../../../lib/wiki/revisions/diff-revisions.ts"
import { overlayPlans } from "../../../lib/wiki/revisions/overlay-plans.ts"
import { planRevisions } from "../../../lib/wiki/revisions/plan-revisions.ts"
import { heading, scrapeContent, table, withKnownChips } from "../pages.ts"

/** What differs on a page between several states of its content, the last against those before. */
function diff(title: string, ...contents: readonly string[]) {
  const last = contents.length - 1
  const planOf = (stored: Parameters<typeof planRevisions>[0], content: string) =>
    Result.getOrThrow(planRevisions(stored, scrapeContent(title, content), { allowShrink: true }))
  const stored = contents
    .slice(0, last)
    .reduce<ReturnType<typeof overlayPlans>>(
      (revisions, content) => overlayPlans(revisions, [planOf(revisions, content)]),
      [],
    )
  return diffRevisions(planOf(stored, contents[last] ?? "")).map(
    ({ entityId, field, previous, next, status }) => [status, entityId, field, previous, next],
  )
}

const bots = (...rows: readonly (readonly string[])[]) =>
  table(["Level", "Cost", "Cooldown (s)"], ...rows, ["Total", "999", "999"])

describe("differences", () => {
  const ID = "golden_bot__level_1__star_none"

  test("differences of a new row are its filled columns", () => {
    const page = table(["Level", "Cost", "Linger", "Range"], ["1", "100", "", "22"])
    expect(diff("Golden_Bot", page)).toEqual([
      ["added", ID, "Level", null, "1"],
      ["added", ID, "Cost", null, "100"],
      ["added", ID, "Range", null, "22"],
    ])
  })

  test("differences of a changed row are the columns that changed, without aliases and sums", () => {
    expect(diff("Golden_Bot", bots(["1", "100", "117"]), bots(["1", "100", "114"]))).toEqual([
      ["changed", ID, "Cooldown (s)", "117", "114"],
    ])
  })

  test("differences of a row that returned to earlier content are those to what came between", () => {
    const [first, second] = [bots(["1", "100", "117"]), bots(["1", "120", "117"])]
    expect(diff("Golden_Bot", first, second, first)).toEqual([
      ["changed", ID, "Cost", "120", "100"],
    ])
  })

  test("differences of a changed row include columns that came or went", () => {
    const before = table(["Level", "Cost", "Range"], ["1", "100", "22"])
    const now = table(["Level", "Cost", "Linger"], ["1", "100", "5%"])
    expect(diff("Golden_Bot", before, now)).toEqual([
      ["changed", ID, "Linger", null, "5%"],
      ["changed", ID, "Range", "22", null],
    ])
  })

  test("differences of a row that is gone are the columns it had", () => {
    const before = bots(["1", "100", "117"], ["2", "140", "114"])
    expect(diff("Golden_Bot", before, bots(["2", "140", "114"]))).toEqual([
      ["deprecated", ID, "Level", "1", null],
      ["deprecated", ID, "Cost", "100", null],
      ["deprecated", ID, "Cooldown (s)", "117", null],
    ])
  })

  test("differences of a row whose table's name alone changed show that name", () => {
    const chips = (anchor: string) =>
      withKnownChips("") + heading(2, anchor) + table(["Multiplier", "Bits"], ["x1", "5"])
    expect(diff("Guardian", chips("Big_Bounty_Chip"), chips("Big_bounty_Chip"))).toEqual([
      ["changed", "big_bounty__level_1__star_none", "Guardian", "Big Bounty", "Big bounty"],
    ])
  })

  test("differences of a page stored before are none", () => {
    const page = bots(["1", "100", "117"])
    expect(diff("Golden_Bot", page, page)).toEqual([])
  })
})
