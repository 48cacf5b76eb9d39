/** The tier a run was played in. */
export interface Tier {
  readonly tier: number
  /** The tournament's bracket in one spelling (`14+`), `null` outside tournaments. */
  readonly bracket: string | null
}

/** Reads a tier: `11`, or `14+` (`8 +`) for a tournament. `null` for anything else; tiers start at 1. */
export function readTier(text: string): Tier | null {
  const match = /^([1-9]\d{0,3})( ?\+)?$/.exec(text)
  if (match === null) return null
  return { tier: Number(match[1]), bracket: match[2] === undefined ? null : `${match[1]}+` }
}
