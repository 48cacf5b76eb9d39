import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { readerVersion } from "../battle-reports/reader-version.ts"
import { queryValue } from "../database/query.ts"
import { rebuildBacklog } from "../definitions/rebuild.ts"
import { playersOutOfStep } from "../player-state/sync.ts"
import type { Facts } from "../terminal/report.ts"

const unreadReports = Effect.flatMap(readerVersion, (version) =>
  queryValue(
    Schema.Int,
    (sql) => sql`
      select count(*) as value from gamedata.battle_report
      left join gamedata.battle_report_progress as progress
        on progress.player_id = battle_report.player_id and battle_report_id = battle_report.id
      where read_by is distinct from ${version}`,
  ),
)

/** What the other commands would do with what was adopted: how much, not yet what. */
export const nextSteps = Effect.gen(function* () {
  const { pending, drift } = yield* rebuildBacklog
  return [
    { next: "rebuild-wiki-definitions --skip-fetch", rows: pending, not_understood: drift.length },
    { next: "sync-player-state --all", players: yield* playersOutOfStep },
    { next: "reparse-battle-reports", reports: yield* unreadReports },
  ] satisfies readonly Facts[]
})
