import type { Decimal } from "../../../../lib/battle-reports/reader/values/decimal.ts"

const letters = [..."abcdefghijklmnopqrstuvwxyz"]

/** The game's number scale written out, each suffix 10^3 times the one before. */
export const suffixes: readonly string[] = [
  ...["", "K", "M", "B", "T", "q", "Q", "s", "S", "O", "N", "D"],
  ...letters.flatMap((first) => letters.map((second) => first + second)),
]

/** Writes a decimal with the largest suffix that leaves a whole part, all its digits kept. */
export function compact(value: Decimal): string {
  const [sign, digits] = value.startsWith("-") ? ["-", value.slice(1)] : ["", value]
  const [whole = "", fraction = ""] = digits.split(".")
  const step = Math.min(Math.floor((whole.length - 1) / 3), suffixes.length - 1)
  const kept = whole.slice(0, whole.length - step * 3)
  const moved = whole.slice(whole.length - step * 3) + fraction
  return `${sign}${kept}${moved === "" ? "" : `.${moved}`}${suffixes[step]}`
}
