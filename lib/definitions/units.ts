import type { UnitKind } from "./registry.ts"

/** How the wiki writes a value of each unit. A bare number, or `25m`, says nothing about it. */
const notations: readonly { readonly unit: UnitKind; readonly pattern: RegExp }[] = [
  { unit: "percent", pattern: /\d\s*%$/ },
  { unit: "seconds", pattern: /\d\s*s$/i },
  { unit: "multiplier", pattern: /^[x×]\s*\d|\d\s*[x×]$/i },
  { unit: "count", pattern: /\d\s*#$/ },
]

function unitOfNotation(value: string): UnitKind | null {
  return notations.find(({ pattern }) => pattern.test(value))?.unit ?? null
}

/**
 * The unit of a parameter: the one its values are all written in (`5.0%`, `20s`, `5.8×`), else,
 * where they differ or say nothing, the registry's. The wiki is closer to the game than we are: a
 * parameter that used to be a time and is a percentage today is written as one.
 */
export function unitOfValues(values: readonly string[], registered: UnitKind): UnitKind {
  const [first, ...others] = values
  const unit = first === undefined ? null : unitOfNotation(first)
  const unanimous = others.every((value) => unitOfNotation(value) === unit)
  return unanimous ? (unit ?? registered) : registered
}
