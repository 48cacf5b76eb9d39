import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { Database } from "../database/database.ts"
import { queryRow, queryRows, sqlFile } from "../database/query.ts"
import type { PatchWindow } from "./patches.ts"
import { markPrefix } from "./reading-plan.ts"

/** Which stored reports to read: the newest `limit` of those in the window; null means all. */
export interface Selection {
  readonly window: PatchWindow | null
  readonly limit: number | null
}

const StoredReport = Schema.Struct({
  id: Schema.Int,
  playerId: Schema.Int,
  rawText: Schema.String,
  storedAt: Schema.String,
  hasProgress: Schema.Boolean,
  hasMetrics: Schema.Boolean,
  mark: Schema.NullOr(Schema.String),
  progress: Schema.NullOr(Schema.String),
  values: Schema.NullOr(Schema.String),
  rawValues: Schema.NullOr(Schema.String),
  bots: Schema.String,
})
/** A stored report, with what an earlier reading left in the tables. */
export type StoredReport = typeof StoredReport.Type

/** How many reports are read at a time: set-based statements pay, and a few batches fit anywhere. */
export const reparsedPerBatch = 250

const fetchBatch = queryRows(
  StoredReport,
  (sql) => sql`fetch ${sql.unsafe(String(reparsedPerBatch))} from stored_readings`,
)

/** How many reports a selection has. */
export const countStoredReports = ({ window, limit }: Selection) =>
  Effect.map(
    queryRow(
      Schema.Struct({ reports: Schema.Int }),
      (sql) => sql`
        select count(*) as reports from (
          select from gamedata.battle_report as report
          left join gamedata.battle_report_progress as progress on battle_report_id = report.id
          where (${window?.from ?? null}::date is null or coalesce(battle_date, parsed_at)
              >= ${window?.from ?? null}::date::timestamp at time zone 'UTC')
            and (${window?.until ?? null}::date is null or coalesce(battle_date, parsed_at)
              < ${window?.until ?? null}::date::timestamp at time zone 'UTC')
          limit ${limit}::bigint
        ) as selected`,
    ),
    ({ reports }) => reports,
  )

/**
 * Those of the selected reports that `version` of the reader has not read, oldest first, in batches
 * from a cursor of the open transaction. One batch is fetched ahead while the last is worked on.
 */
export const unreadReports = ({ window, limit }: Selection, version: string) => {
  const openCursor = Effect.flatMap(Database, ({ run }) =>
    run(
      sqlFile(
        "stored-readings.sql",
        ...[window?.from ?? null, window?.until ?? null, limit, markPrefix(version)],
      ),
    ),
  )
  return Stream.fromEffect(openCursor).pipe(
    Stream.flatMap(() => Stream.fromEffectRepeat(fetchBatch)),
    Stream.takeWhile((batch) => batch.length > 0),
    Stream.buffer({ capacity: 1 }),
  )
}
