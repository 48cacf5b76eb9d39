import * as Plot from "@observablehq/plot"
import type { PatchBoundary } from "../battle-reports/patches.ts"

/** Noon of a day, in milliseconds as dates are drawn. */
export const instant = (day: string): Date => new Date(`${day}T12:00:00Z`)

/** Of labels: the widest letter, their longest line, and how far they are from their rule. */
const letter = 9
const longest = 90
const distance = 4

interface Label {
  readonly date: Date
  readonly label: string
  readonly side: "start" | "end"
}

/**
 * The labels that have room beside each other, the newest first. One stands to the left of its rule
 * where it would leave the picture on the right.
 */
const placeLabels = (
  patches: readonly PatchBoundary[],
  [first, last]: readonly [number, number],
  width: number,
): readonly Label[] => {
  let free = Number.POSITIVE_INFINITY
  return patches.toReversed().flatMap(({ date, label }) => {
    const at = ((instant(date).getTime() - first) / (last - first)) * width
    const long = Math.min(label.length * letter, longest) + distance
    const side = at + long > width ? "end" : "start"
    const [from, to] = side === "end" ? [at - long, at] : [at, at + long]
    if (to > free) return []
    free = from
    return { date: instant(date), label, side }
  })
}

/** Rules at the days on which the game was patched, with the names of the patches where there is room. */
export const patchMarks = (
  boundaries: readonly PatchBoundary[],
  domain: readonly [number, number],
  width: number,
): readonly Plot.Markish[] => {
  const [first, last] = domain
  const patches = boundaries.filter(({ date }) => {
    const time = instant(date).getTime()
    return time >= first && time <= last
  })
  const labels = placeLabels(patches, domain, width)
  const texts = (side: Label["side"]) =>
    Plot.text(
      labels.filter((label) => label.side === side),
      {
        ...{ x: "date", text: "label", frameAnchor: "top", textAnchor: side },
        ...{ dx: side === "start" ? distance : -distance, dy: -14, fill: "var(--muted)" },
        ...{ lineWidth: 7, textOverflow: "ellipsis" },
      },
    )
  return [
    Plot.ruleX(patches, {
      ...{ x: ({ date }: PatchBoundary) => instant(date) },
      ...{ stroke: "var(--rule)", strokeDasharray: "4 3" },
    }),
    texts("start"),
    texts("end"),
  ]
}
