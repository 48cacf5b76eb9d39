import type { Decimal } from "./decimal.ts"
import { sectionSlug } from "./metric-key.ts"

/**
 * The numeric lines of a report by key, in its order. No line takes another's key: the first one
 * has it; a later one is told apart by its section (`guardian_bonus`), and where that is taken too
 * by a number (`guardian_bonus_2`). The same report always gives the same keys.
 */
export class Metrics {
  readonly values = new Map<string, Decimal>()
  readonly rawValues = new Map<string, string>()
  #nextNumbers: Map<string, number> | undefined

  keep(
    wantedKey: string,
    line: { readonly section: string | null; readonly label: string },
    raw: string,
    value: Decimal,
  ): void {
    const key = this.values.has(wantedKey)
      ? this.#freeKey(sectionSlug(line.section, line.label))
      : wantedKey
    this.values.set(key, value)
    this.rawValues.set(key, raw)
  }

  /** Numbers never start over, so that many lines of one label take linear time. */
  #freeKey(key: string): string {
    if (!this.values.has(key)) return key
    this.#nextNumbers ??= new Map()
    let number = this.#nextNumbers.get(key) ?? 2
    while (this.values.has(`${key}_${number}`)) number++
    this.#nextNumbers.set(key, number + 1)
    return `${key}_${number}`
  }
}
