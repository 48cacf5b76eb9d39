import { describe, expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import { describeDrift } from "../../../lib/definitions/drift.ts"
import { planRebuild } from "../../../lib/definitions/plan.ts"
import { parseVersionsOf } from "../../../lib/definitions/targets.ts"
import { capturePages, planCapture } from "../../../lib/wiki/capture.ts"
import { latestRows, loadLatestRows } from "../../../lib/wiki/revisions/latest-rows.ts"
import { overlayPlans } from "../../../lib/wiki/revisions/overlay-plans.ts"
import type { StoredRevision } from "../../../lib/wiki/revisions/revisions.ts"
import { onEachDatabase } from "../../support/databases.ts"
import { heading, scrapeContent, table } from "../pages.ts"

const headers = ["Size", "Cost", "Duration", "Cost", "Cooldown", "Cost"]
const first = ["30m", "0", "15s", "0", "200s", "0"]
const second = ["32m", "6", "16s", "5", "190s", "10"]
const third = ["34m", "13", "17s", "12", "180s", "20"]

const options = { allowShrink: false, keepGoing: false }

onEachDatabase("a weapon whose table was split in two", (database) => {
  /** What is read back of a page, and what a check foresaw. */
  const capture = (...tables: readonly string[]) =>
    database.run(
      Effect.gen(function* () {
        const page = scrapeContent("Black_Hole", heading(4, "Cost") + tables.join(""))
        const readings = { pages: [page], problems: [], absent: [] }
        const { stored, plans } = yield* planCapture(["ultimate_weapons"], readings, options)
        yield* capturePages("write", ["ultimate_weapons"], readings, options)
        const rows = yield* loadLatestRows(parseVersionsOf(["ultimate_weapons"]))
        return { rows, foreseen: latestRows(overlayPlans(stored, plans)) }
      }),
    )

  test("a weapon whose table was split in two is reported, since both halves count their levels from 1", async () => {
    const halves = [table(headers, first, second), table(headers, third)]
    const { rows, foreseen } = await capture(...halves)
    const driftOf = (latest: typeof rows) => {
      const { drift, levels } = planRebuild(["ultimate_weapons"], latest, [])
      expect(levels).toEqual([])
      return drift.map(describeDrift)
    }
    expect(driftOf(rows)).toEqual([
      expect.stringMatching(/level 1 in rows \d+ \(.+_table_0\) and \d+ \(.+_table_1\); expected/),
    ])
    expect(driftOf(foreseen)).toEqual([
      expect.stringMatching(/level 1 in rows new \(.+_table_0\) and new \(.+_table_1\); expected/),
    ])
  })

  test("a weapon whose table was split in two is no contradiction where the second table repeats the first", async () => {
    const whole = table(headers, first, second)
    const { rows, foreseen } = await capture(whole, whole)
    expect(rows).toHaveLength(2)
    expect(foreseen).toHaveLength(2)
  })

  test("a weapon whose table was split in two is one weapon again when the halves are joined", async () => {
    await capture(table(headers, first, second), table(headers, third))
    const { rows } = await capture(table(headers, first, second, third))
    const { drift, levels } = planRebuild(["ultimate_weapons"], rows, [])
    expect(drift).toEqual([])
    expect(levels).toHaveLength(9)
  })
})

describe("the latest rows", () => {
  const row = (id: number, lastSeen: number, change: Partial<StoredRevision> = {}) => ({
    ...{ id, lastSeen, deprecated: false, pageUrl: "p", sourceSection: "s", parseVersion: "v" },
    ...{ entityId: "a", contentHash: String(id), canonicalName: "A", headers: [], rawRow: {} },
    ...{ pageRevision: null, ...change },
  })
  const latestIds = (...rows: readonly StoredRevision[]) => latestRows(rows).map(({ id }) => id)

  test("the latest rows are those seen last, then those stored last; planned ones were stored last", () => {
    expect(latestIds(row(1, 9), row(2, 5))).toEqual([1])
    expect(latestIds(row(2, 5), row(1, 5))).toEqual([2])
    expect(latestIds(row(-2, 5), row(3, 5), row(-1, 5))).toEqual([-2])
  })

  test("the latest rows leave out an entity whose latest revision is deprecated, whatever came before", () => {
    expect(latestIds(row(1, 5), row(2, 9, { deprecated: true }))).toEqual([])
  })

  test("the latest rows have an entity of several sections once, as it was seen last", () => {
    const other = row(2, 4, { sourceSection: "t" })
    expect(latestIds(row(1, 5), other)).toEqual([1])
    expect(latestIds(row(1, 5, { deprecated: true }), other)).toEqual([2])
    expect(latestIds(row(1, 5), row(3, 4, { parseVersion: "w" }))).toEqual([1, 3])
  })

  test("an entity about which two tables contradict each other is in the latest rows as both say it", () => {
    const other = row(2, 5, { sourceSection: "t" })
    expect(latestIds(row(1, 5), other)).toEqual([1, 2])
    expect(latestIds(row(1, 5), { ...other, contentHash: "1" })).toEqual([2])
  })

  test("a bot's latest rows are those of the page seen last, without more of an earlier page", () => {
    const golden = { rawRow: { _wiki_entity_id: "golden_bot" } }
    const mirror = { ...golden, pageUrl: "mirror" }
    const level = (id: number, lastSeen: number, entityId: string, page: object) =>
      row(id, lastSeen, { entityId, ...page })
    expect(
      latestIds(
        level(1, 9, "level_1", golden),
        level(2, 5, "level_1", mirror),
        level(3, 5, "level_2", mirror),
        row(4, 5, { rawRow: { _wiki_entity_id: "flame_bot" } }),
      ),
    ).toEqual([1, 4])
  })

  test("the latest rows of a list of cards are those of the page seen last", () => {
    const old = { pageUrl: "mirror", entityId: "b" }
    expect(latestIds(row(1, 9), row(2, 5, old))).toEqual([1])
    expect(latestIds(row(1, 5), row(2, 9, old))).toEqual([2])
  })
})
