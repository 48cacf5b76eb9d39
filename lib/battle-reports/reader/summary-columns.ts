import { jsonString } from "./jsonb-text.ts"
import type { NotUnderstood, Reading, WrittenLine } from "./reading.ts"
import type { Summary } from "./summary.ts"

/** A column of `gamedata.battle_report_progress` that is derived from the report. */
export interface SummaryColumn {
  readonly name: string
  /** The column's type in PostgreSQL. */
  readonly type: string
  /** What a reading says, as PostgreSQL prints it in jsonb. `storedAt`: an ISO instant. */
  readonly json: (reading: Reading, storedAt: string) => string
}

/** An instant as PostgreSQL prints it in jsonb: without zeros at the end of its fraction. */
const instant = (iso: string): string =>
  `"${iso.slice(0, 19)}${iso.slice(19, -1).replace(/\.?0+$/, "")}+00:00"`

const ofSummary = (name: string, type: string, field: keyof Summary): SummaryColumn => ({
  name,
  type,
  json: ({ summary }) => {
    const value = summary[field]
    return value === null ? "null" : type === "text" ? jsonString(String(value)) : String(value)
  },
})

const pairs = (lines: readonly WrittenLine[]): string =>
  `[${lines.map(([label, value]) => `[${jsonString(label)}, ${jsonString(value)}]`).join(", ")}]`

// Keys in jsonb's order: by length, then by letters.
function notUnderstood({ date, labels, values }: NotUnderstood): string {
  if (date === null && labels.length === 0 && values.length === 0) return "null"
  const dateText = date === null ? "null" : jsonString(date)
  return `{"date": ${dateText}, "labels": ${pairs(labels)}, "values": ${pairs(values)}}`
}

/** Every column that a reading fills; whatever names these columns takes them from here. */
export const summaryColumns: readonly SummaryColumn[] = [
  {
    name: "battle_date",
    type: "timestamptz",
    // A report without a date is of the time it was stored; one whose date is unreadable is not.
    json: ({ summary, notUnderstood }, storedAt) =>
      notUnderstood.date === null ? instant(summary.battleDate ?? storedAt) : "null",
  },
  ofSummary("tier", "integer", "tier"),
  ofSummary("wave", "bigint", "wave"),
  ofSummary("real_time_seconds", "bigint", "realTimeSeconds"),
  ofSummary("game_time_seconds", "bigint", "gameTimeSeconds"),
  ofSummary("killed_by", "text", "killedBy"),
  ofSummary("coins_earned", "numeric", "coinsEarned"),
  ofSummary("cash_earned", "numeric", "cashEarned"),
  ofSummary("interest_earned", "numeric", "interestEarned"),
  ofSummary("gem_blocks_tapped", "numeric", "gemBlocksTapped"),
  ofSummary("cells_earned", "numeric", "cellsEarned"),
  ofSummary("reroll_shards_earned", "numeric", "rerollShardsEarned"),
  ofSummary("coins_earned_raw", "text", "coinsEarnedRaw"),
  ofSummary("cash_earned_raw", "text", "cashEarnedRaw"),
  ofSummary("interest_earned_raw", "text", "interestEarnedRaw"),
  ofSummary("tournament_bracket", "text", "tournamentBracket"),
  {
    name: "not_understood",
    type: "jsonb",
    json: (reading) => notUnderstood(reading.notUnderstood),
  },
]
