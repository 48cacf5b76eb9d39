import type { QuantityKind } from "../values/quantity.ts"
import {
  type FactLine,
  isQuantityLine,
  type KnownLine,
  type QuantityLine,
  writingOfUnit,
} from "./known-line.ts"

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
  readonly writing: QuantityKind
  /** `null` for a quantity that is a progress field only. */
  readonly metricKey: string | null
}

/** @param defaultKey the metric's key where the tables name none */
export function meaningOf(line: KnownLine, defaultKey: string): Meaning {
  if (!isQuantityLine(line)) return { kind: "fact", line }
  const metricKey = line.key ?? (line.progress === undefined ? defaultKey : null)
  return { kind: "quantity", line, writing: writingOfUnit[line.unit], metricKey }
}
