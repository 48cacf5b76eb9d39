import type { QuantityKind } from "../values/quantity.ts"

/**
 * What a quantity counts, and how it may be written apart from a bare number: `$5` is no damage,
 * `x8.00` no count.
 */
export const notationOf = {
  coins: "plain",
  cash: "currency",
  damage: "plain",
  count: "plain",
  multiplier: "multiplier",
} as const satisfies Record<string, QuantityKind>

export type QuantityUnit = keyof typeof notationOf

/** The fields of a run's summary that hold a quantity. */
export type SummaryQuantity =
  | "coinsEarned"
  | "cashEarned"
  | "interestEarned"
  | "gemBlocksTapped"
  | "cellsEarned"
  | "rerollShardsEarned"

/** The slots an ultimate weapon can be listed under. */
export type WeaponRole = "combat" | "utility"

/** A line that says a fact of the run itself; it is a field of the summary and no metric. */
export type FactLine =
  | { readonly label: string; readonly unit: "date" | "tier" | "wave" | "enemy" | "bots" }
  | {
      readonly label: string
      readonly unit: "duration"
      readonly field: "gameTimeSeconds" | "realTimeSeconds"
    }
  | { readonly label: string; readonly unit: "weapons"; readonly role: WeaponRole | null }

/**
 * A line that holds a quantity. It is kept as the summary's `field`, as the metric `key`,
 * or both; with neither it is a metric under the slug of its label (classic layout) or of its
 * section and label (sectioned layout). A line that both layouts have carries the same key in both.
 */
export interface QuantityLine {
  readonly label: string
  readonly unit: QuantityUnit
  readonly key?: string
  readonly field?: SummaryQuantity
}

export type KnownLine = FactLine | QuantityLine

/** Tells the two kinds of lines apart. */
export function isQuantityLine(line: KnownLine): line is QuantityLine {
  return line.unit in notationOf
}

/** A section and its lines, in the game's order. */
export interface KnownSection {
  readonly section: string
  readonly lines: readonly KnownLine[]
  /** The section's labels are too general to mean the same without its heading. */
  readonly labelsNeedSection?: true
}

/** What a label means in its place: a fact of the run, or a quantity. */
export type Meaning = FactMeaning | QuantityMeaning

export interface FactMeaning {
  readonly kind: "fact"
  readonly line: FactLine
}

export interface QuantityMeaning {
  readonly kind: "quantity"
  readonly line: QuantityLine
  /** How the quantity may be written apart from a bare number. */
  readonly notation: QuantityKind
  /** `null` for a quantity that is a field of the summary only. */
  readonly metricKey: string | null
}

/** @param defaultKey the metric's key where the tables name none */
export function meaningOf(line: KnownLine, defaultKey: string): Meaning {
  if (!isQuantityLine(line)) return { kind: "fact", line }
  const metricKey = line.key ?? (line.field === undefined ? defaultKey : null)
  return { kind: "quantity", line, notation: notationOf[line.unit], metricKey }
}
