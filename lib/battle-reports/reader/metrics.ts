import type { Decimal } from "./values/decimal.ts"
import { sectionSlug } from "./vocabulary/metric-key.ts"

/** What a numeric line says: its exact value, and the value as written. */
export interface Metric {
  readonly value: Decimal
  readonly raw: string
}

/**
 * The numeric lines of a report by key, in its order. No line takes another's key: the first one
 * has it; a later one is told apart by its section (`guardian_bonus`), and where that is taken too
 * by a number (`guardian_bonus_2`). The same report always gives the same keys.
 */
export class Metrics {
  readonly byKey = new Map<string, Metric>()
  #nextNumbers: Map<string, number> | undefined

  /** Returns whether the metric has the key that it was to have. */
  keep(
    wantedKey: string,
    line: { readonly section: string | null; readonly label: string },
    metric: Metric,
  ): boolean {
    const isTaken = this.byKey.has(wantedKey)
    const key = isTaken ? this.#freeKey(sectionSlug(line.section, line.label)) : wantedKey
    this.byKey.set(key, metric)
    return !isTaken
  }

  /** Numbers never start over, so that many lines of one label take linear time. */
  #freeKey(key: string): string {
    if (!this.byKey.has(key)) return key
    this.#nextNumbers ??= new Map()
    let number = this.#nextNumbers.get(key) ?? 2
    while (this.byKey.has(`${key}_${number}`)) number++
    this.#nextNumbers.set(key, number + 1)
    return `${key}_${number}`
  }
}
