import { expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import { describeDrift } from "../../../lib/definitions/drift.ts"
import { planRebuild } from "../../../lib/definitions/plan.ts"
import { parseVersionsOf } from "../../../lib/definitions/targets.ts"
import { capturePages, planCapture } from "../../../lib/wiki/capture.ts"
import { loadLatestRows } from "../../../lib/wiki/revisions/latest-rows.ts"
import { overlayPlans } from "../../../lib/wiki/revisions/overlay-plans.ts"
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
        const readings = { pages: [page], problems: [] }
        const { stored, plans } = yield* planCapture(["ultimate_weapons"], readings, options)
        yield* capturePages("write", ["ultimate_weapons"], readings, options)
        const rows = yield* loadLatestRows(parseVersionsOf(["ultimate_weapons"]))
        return { rows, foreseen: overlayPlans(stored, plans) }
      }),
    )

  test("is reported, since both halves count their levels from 1", async () => {
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

  test("is no contradiction where the second table repeats the first", async () => {
    const whole = table(headers, first, second)
    const { rows, foreseen } = await capture(whole, whole)
    expect(rows).toHaveLength(2)
    expect(foreseen).toHaveLength(2)
  })

  test("is one weapon again when the halves are joined", async () => {
    await capture(table(headers, first, second), table(headers, third))
    const { rows } = await capture(table(headers, first, second, third))
    const { drift, levels } = planRebuild(["ultimate_weapons"], rows, [])
    expect(drift).toEqual([])
    expect(levels).toHaveLength(9)
  })
})
