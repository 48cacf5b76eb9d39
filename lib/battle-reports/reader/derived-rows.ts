import { jsonbObject, jsonString, keyOrder } from "./jsonb-text.ts"
import type { Reading } from "./reading.ts"
import type { Decimal } from "./values/decimal.ts"

/**
 * What one report says, as the texts that PostgreSQL prints for the same content: equal texts are
 * equal rows, and the texts are what gets written.
 */
export interface DerivedRows {
  /** Columns of `battle_report_progress`, in the order of `store-report-progress.sql`, as JSON. */
  readonly progress: string
  /** `battle_report_metrics.values`. */
  readonly values: string
  /** `battle_report_metrics.raw_values`. */
  readonly rawValues: string
}

const text = (value: string | null): string => (value === null ? "null" : jsonString(value))
const number = (value: number | Decimal | null): string => (value === null ? "null" : String(value))

// Seconds with six digits behind the point, as the database's to_char writes them.
const instant = (iso: string): string =>
  `"${iso.slice(0, 19)}.${iso.slice(20, -1).padEnd(6, "0")}Z"`

/** `storedAt`: when the report was stored, an ISO instant; the date of a report that has none. */
export const derivedRows = (report: Reading, storedAt: string): DerivedRows => {
  const { progress } = report
  const metrics = [...report.metrics.values()]
  const order = keyOrder([...report.metrics.keys()])
  return {
    progress: `[${[
      instant(progress.battleDate ?? storedAt),
      number(progress.tier),
      number(progress.wave),
      number(progress.realTimeSeconds),
      number(progress.gameTimeSeconds),
      text(progress.killedBy),
      number(progress.coinsEarned),
      number(progress.cashEarned),
      number(progress.interestEarned),
      number(progress.gemBlocksTapped),
      number(progress.cellsEarned),
      number(progress.rerollShardsEarned),
      text(progress.coinsEarnedRaw),
      text(progress.cashEarnedRaw),
      text(progress.interestEarnedRaw),
      text(progress.tournamentBracket),
    ].join(", ")}]`,
    values: jsonbObject(
      order,
      metrics.map(({ value }) => value),
    ),
    rawValues: jsonbObject(
      order,
      metrics.map(({ raw }) => jsonString(raw)),
    ),
  }
}
