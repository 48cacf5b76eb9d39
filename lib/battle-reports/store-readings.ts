import * as Effect from "effect/Effect"
import type { Sql } from "../database/database.ts"
import { execute, requireTouched } from "../database/query.ts"
import { summaryColumns } from "./reader/summary-columns.ts"
import type { ReadingPlan } from "./reading-plan.ts"

const columnNames = summaryColumns.map(({ name }) => name)
const columnTypes = summaryColumns.map(({ name, type }) => `${name} ${type}`).join(", ")
const columnUpdates = columnNames.map((name) => `${name} = excluded.${name}`).join(", ")

/** A plan as one flat JSON object, the summary's columns beside the keys. */
const progressEntry = ({ reportId, playerId, rows, readBy, digests }: ReadingPlan): string =>
  `{"player_id":${playerId},"battle_report_id":${reportId},"read_by":"${readBy}",` +
  `"progress_digest":"${digests.summary}","metrics_digest":"${digests.metrics}",` +
  rows.summary.slice(1)

// Preset, rank and, once the row exists, the tournament flag are set by hand: they stay.
const storeProgress = (plans: readonly ReadingPlan[]) =>
  execute(
    (sql) => sql`
      insert into gamedata.battle_report_progress (
        player_id, battle_report_id, ${sql(columnNames)}, is_tournament,
        read_by, progress_digest, metrics_digest
      )
      select
        player_id, battle_report_id, ${sql(columnNames)}, tournament_bracket is not null,
        read_by, progress_digest, metrics_digest
      from json_to_recordset(${`[${plans.map(progressEntry).join(",")}]`}::text::json) as reading (
        player_id bigint, battle_report_id bigint, read_by text, progress_digest text,
        metrics_digest text, ${sql.unsafe(columnTypes)}
      )
      on conflict (player_id, battle_report_id) do update set
        ${sql.unsafe(columnUpdates)}, read_by = excluded.read_by,
        progress_digest = excluded.progress_digest, metrics_digest = excluded.metrics_digest`,
  )

// One line for each report: lines are much faster to take apart than one JSON document.
const lines = (
  sql: Sql,
  plans: readonly ReadingPlan[],
  line: (plan: ReadingPlan) => string | number,
) => sql`string_to_table(${plans.map(line).join("\n")}::text, E'\\n')`

const storeMetrics = (plans: readonly ReadingPlan[]) =>
  execute(
    (sql) => sql`
      insert into gamedata.battle_report_metrics (player_id, battle_report_id, values, raw_values)
      select player_id::bigint, id::bigint, values::jsonb, raw_values::jsonb
      from rows from (
        ${lines(sql, plans, (plan) => plan.playerId)},
        ${lines(sql, plans, (plan) => plan.reportId)},
        ${lines(sql, plans, (plan) => plan.rows.values)},
        ${lines(sql, plans, (plan) => plan.rows.rawValues)}
      ) as reading (player_id, id, values, raw_values)
      on conflict (player_id, battle_report_id) do update set
        values = excluded.values, raw_values = excluded.raw_values`,
  )

interface UsedBot {
  readonly player_id: number
  readonly battle_report_id: number
  readonly slug: string
}

const storeBots = (bots: readonly UsedBot[]) =>
  execute(
    (sql) => sql`
      insert into gamedata.run_bot (player_id, battle_report_id, slug, definition_id)
      select player_id, battle_report_id, slug, definition.id
      from jsonb_to_recordset(${JSON.stringify(bots)}::text::jsonb)
        as used (player_id bigint, battle_report_id bigint, slug text)
      join definitions.definition using (slug)
      where kind = 'bot'`,
  )

/**
 * Applies plans: one statement for each table. Progress is written for each of them, because the
 * reader's version is noted there; metrics and bots only where they change.
 */
export const storeReadings = (plans: readonly ReadingPlan[]) => {
  const changed = plans.filter(({ metrics }) => metrics !== "unchanged")
  const bots = plans.flatMap(({ reportId, playerId, bots }) =>
    bots.map((slug): UsedBot => ({ player_id: playerId, battle_report_id: reportId, slug })),
  )
  return Effect.all(
    [
      requireTouched("gamedata.battle_report_progress", plans.length, storeProgress(plans)),
      requireTouched("gamedata.battle_report_metrics", changed.length, storeMetrics(changed)),
      requireTouched("gamedata.run_bot", bots.length, storeBots(bots)),
    ],
    { concurrency: "unbounded", discard: true },
  )
}
