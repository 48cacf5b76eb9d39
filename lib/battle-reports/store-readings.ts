import * as Effect from "effect/Effect"
import { execute, requireTouched, sqlFile } from "../database/query.ts"
import type { ReadingPlan } from "./reading-plan.ts"

const lines = (
  plans: readonly ReadingPlan[],
  line: (plan: ReadingPlan) => string | number,
): string => plans.map(line).join("\n")

const storeProgress = (plans: readonly ReadingPlan[]) => {
  const entries = plans.map(
    ({ reportId, playerId, rows, mark }) => `[${reportId},${playerId},${rows.progress},"${mark}"]`,
  )
  return execute(sqlFile("store-report-progress.sql", `[${entries.join(",")}]`))
}

const storeMetrics = (plans: readonly ReadingPlan[]) =>
  execute(
    sqlFile(
      "store-report-metrics.sql",
      lines(plans, (plan) => plan.reportId),
      lines(plans, (plan) => plan.playerId),
      lines(plans, (plan) => plan.rows.values),
      lines(plans, (plan) => plan.rows.rawValues),
    ),
  )

const storeBots = (bots: ReadonlyArray<readonly [number, number, string]>) =>
  execute(sqlFile("store-run-bots.sql", JSON.stringify(bots)))

const unlessNone = <A, E, R>(
  what: string,
  rows: readonly A[],
  store: (rows: readonly A[]) => Effect.Effect<number, E, R>,
) => (rows.length === 0 ? Effect.void : requireTouched(what, rows.length, store(rows)))

/**
 * Applies plans: one statement for each table. Progress is written for each of them, since the
 * reader's mark stands there; metrics and bots only where they change.
 */
export const storeReadings = (plans: readonly ReadingPlan[]) =>
  Effect.all(
    [
      unlessNone("gamedata.battle_report_progress", plans, storeProgress),
      unlessNone(
        "gamedata.battle_report_metrics",
        plans.filter(({ metrics }) => metrics !== "unchanged"),
        storeMetrics,
      ),
      unlessNone(
        "gamedata.run_bot",
        plans.flatMap(({ reportId, playerId, bots }) =>
          bots.map((slug) => [reportId, playerId, slug] as const),
        ),
        storeBots,
      ),
    ],
    { concurrency: "unbounded", discard: true },
  )
