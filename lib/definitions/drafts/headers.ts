import { writtenHeader } from "../../wiki/page/table-headers.ts"

/** A unit at the end of a header: `Cooldown (s)`, `Find Chance (%)`, `Damage %`. */
const trailingUnit = /\s*(?:\((?:s|sec|secs|seconds?|m|meters?|x|×|#|%)\)|%)$/

/**
 * A header reduced to what it means: without repeat number, case, spacing and trailing unit, so
 * that `Cooldown (s)`, `Cooldown(s)` and `cooldown__2` are one header.
 */
export function normaliseHeader(header: string): string {
  return writtenHeader(header).replace(/\s+/g, " ").trim().toLowerCase().replace(trailingUnit, "")
}

/** A cost header; `of` is the normalised header of the value it names, null when it names none. */
export interface CostHeader {
  readonly of: string | null
}

/**
 * Reads a normalised header as that of a cost column (`stones`, `cost (bits)`, `stones (damage)`),
 * or null when it is none.
 *
 * @param costNames what costs of this kind are called, currency included (`cost`, `stones`)
 */
export function readCostHeader(
  normalised: string,
  costNames: readonly string[],
): CostHeader | null {
  if (costNames.includes(normalised)) return { of: null }
  const open = normalised.indexOf("(")
  if (open < 0 || !normalised.endsWith(")")) return null
  if (!costNames.includes(normalised.slice(0, open).trim())) return null
  const qualifier = normalised.slice(open + 1, -1)
  return { of: costNames.includes(qualifier) ? null : normaliseHeader(qualifier) }
}
