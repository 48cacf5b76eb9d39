import type { Decimal } from "./values/decimal.ts"

/** What a report says of the run as a whole; `null` where it says nothing readable. */
export interface Summary {
  /** ISO 8601 UTC instant. */
  readonly battleDate: string | null
  readonly tier: number | null
  /** The tournament's bracket (`14+`), `null` outside tournaments. */
  readonly tournamentBracket: string | null
  readonly wave: number | null
  readonly realTimeSeconds: number | null
  readonly gameTimeSeconds: number | null
  readonly killedBy: string | null
  readonly coinsEarned: Decimal | null
  /** Money as the report writes it, also where its value cannot be read. */
  readonly coinsEarnedRaw: string | null
  readonly cashEarned: Decimal | null
  readonly cashEarnedRaw: string | null
  readonly interestEarned: Decimal | null
  readonly interestEarnedRaw: string | null
  readonly gemBlocksTapped: Decimal | null
  readonly cellsEarned: Decimal | null
  readonly rerollShardsEarned: Decimal | null
}

/** A summary that is still being read. */
export type SummaryDraft = { -readonly [Field in keyof Summary]: Summary[Field] }

/** The summary of a report that says nothing. */
export function emptySummary(): SummaryDraft {
  return {
    battleDate: null,
    tier: null,
    tournamentBracket: null,
    wave: null,
    realTimeSeconds: null,
    gameTimeSeconds: null,
    killedBy: null,
    coinsEarned: null,
    coinsEarnedRaw: null,
    cashEarned: null,
    cashEarnedRaw: null,
    interestEarned: null,
    interestEarnedRaw: null,
    gemBlocksTapped: null,
    cellsEarned: null,
    rerollShardsEarned: null,
  }
}
