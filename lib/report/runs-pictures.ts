import * as Plot from "@observablehq/plot"
import type { PatchBoundary } from "../battle-reports/patches.ts"
import { magnitudeSuffix } from "../battle-reports/reader/values/magnitude.ts"
import { count, countOf } from "./html.ts"
import { instant, patchMarks } from "./patch-marks.ts"
import type { Dot, Runs, Tier } from "./runs.ts"

/** Runs that are shown together. */
export type RunsOf = Runs["sections"][number]

/** How far below the next magnitude, as a decimal logarithm, a number still rounds up to it: 999.5K is 1M. */
const roundsUp = -Math.log10(0.9995)

/** A number as the game writes it, from its decimal logarithm: `3.21B`. */
export const compact = (logarithm: number): string => {
  const exponent = Math.max(0, Math.floor((logarithm + roundsUp) / 3) * 3)
  const suffix = magnitudeSuffix(exponent)
  const mantissa = 10 ** (logarithm - exponent)
  const digits = mantissa.toFixed(mantissa < 9.995 ? 2 : mantissa < 99.95 ? 1 : 0)
  const plain = digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits
  return suffix === undefined ? `10^${Math.round(logarithm)}` : `${plain}${suffix}`
}

/** The colour of a tier, which the page's style names. */
export const colourOf = (tier: number): string => `var(--tier-${tier})`

const colourScale = (tiers: readonly number[]): Plot.ScaleOptions => ({
  ...{ type: "ordinal", domain: tiers, range: tiers.map(colourOf) },
})

/** What all pictures of some runs have in common. */
export interface Frame {
  readonly own: RunsOf
  /** Those of all pictures of the page, so that a tier has the same colour everywhere. */
  readonly allTiers: readonly number[]
  readonly boundaries: readonly PatchBoundary[]
  /** Whether dots and boxes say what they are when pointed at. */
  readonly hasTitles: boolean
}

/** A measure of runs: what a dot or box is drawn at, and how it is said. */
export interface Measure {
  readonly of: (dot: Dot) => number | null
  readonly spread: (tier: Tier) => readonly number[] | null
  readonly say: (value: number) => string
  readonly axis: Plot.ScaleOptions
}

/** The wave at which a run ended. */
export const waves: Measure = {
  of: ({ wave }) => wave,
  spread: (tier) => tier.waves,
  say: (wave) => `wave ${count(wave)}`,
  axis: { label: "wave", grid: true, nice: true, zero: true, ticks: 6, tickSize: 0 },
}

/** What a run earned in an hour. */
export const coins: Measure = {
  of: ({ rate }) => rate,
  spread: (tier) => tier.rates,
  say: (rate) => `${compact(rate)} coins an hour`,
  axis: {
    label: "coins an hour",
    grid: true,
    nice: true,
    ticks: 6,
    tickSize: 0,
    tickFormat: compact,
  },
}

const describe = (measure: Measure, dot: Dot, value: number): string =>
  dot.runs === 1
    ? `${dot.day}, tier ${dot.tier}${dot.isTournament ? ", tournament" : ""}: ${measure.say(value)}`
    : `about ${dot.day}, tier ${dot.tier}: the middle of ${countOf(dot.runs, "run")}, ${measure.say(value)}`

/** Room for `10,000` beside an axis. */
const marginLeft = 54
const marginRight = 20

/** Runs by day. */
export const timeOptions = (
  { own: { dots }, allTiers, boundaries, hasTitles }: Frame,
  measure: Measure,
  { width, height }: { readonly width: number; readonly height: number },
): Plot.PlotOptions => {
  const drawn = dots.flatMap((dot) => {
    const value = measure.of(dot)
    return value === null
      ? []
      : { ...dot, value, at: instant(dot.day), title: describe(measure, dot, value) }
  })
  const days = drawn.map(({ at }) => at.getTime())
  const [first, last] = [
    days.reduce((a, b) => Math.min(a, b)),
    days.reduce((a, b) => Math.max(a, b)),
  ]
  const margin = Math.max((last - first) * 0.02, 864e5)
  const domain = [first - margin, last + margin] as const
  const titles = hasTitles ? { title: "title" } : {}
  const radius = drawn.length > 400 ? 2.2 : drawn.length > 60 ? 3 : 4.5
  const place = { x: "at", y: "value", ...titles }
  return {
    ...{ width, height, marginLeft, marginRight, marginTop: 34 },
    x: { type: "utc", domain: domain.map((time) => new Date(time)), label: null, ticks: 6 },
    y: measure.axis,
    color: colourScale(allTiers),
    marks: [
      ...patchMarks(boundaries, domain, width - marginLeft - marginRight),
      Plot.dot(
        drawn.filter(({ isTournament }) => isTournament),
        {
          ...{ ...place, fill: "var(--paper)", stroke: "tier", symbol: "diamond" },
          ...{ strokeWidth: 1.5, r: radius + 0.3 },
        },
      ),
      Plot.dot(
        drawn.filter(({ isTournament }) => !isTournament),
        { ...place, fill: "tier", fillOpacity: 0.8, r: radius },
      ),
    ],
  }
}

/** How wide pictures are drawn that stand in pairs. */
export const pairWidth = 430

/** More tiers than this, and only every other one finds room for its number. */
const mostLabels = 12

/** How runs are spread within each tier. */
export const spreadOptions = (
  { own: { tiers }, allTiers, hasTitles }: Frame,
  measure: Measure,
  height: number,
): Plot.PlotOptions => {
  const drawn = tiers.flatMap((tier) => {
    const [least, lower, middle, upper, most] = measure.spread(tier) ?? []
    return least === undefined ||
      lower === undefined ||
      middle === undefined ||
      upper === undefined ||
      most === undefined
      ? []
      : {
          ...{ tier: tier.tier, least, lower, middle, upper, most },
          title: `tier ${tier.tier}, ${countOf(tier.runs, "run")}: the middle one ${measure.say(middle)}, from ${measure.say(least)} to ${measure.say(most)}`,
        }
  })
  const domain = drawn.map(({ tier }) => tier)
  return {
    ...{ width: pairWidth, height, marginLeft, marginTop: 34, marginBottom: 44 },
    x: {
      ...{ type: "band", domain, label: "tier", padding: 0.35, tickSize: 0 },
      ticks: domain.filter((_, at) => domain.length <= mostLabels || at % 2 === 0),
    },
    y: measure.axis,
    color: colourScale(allTiers),
    marks: [
      Plot.ruleX(drawn, { x: "tier", y1: "least", y2: "most", stroke: "tier", strokeWidth: 1.5 }),
      Plot.barY(drawn, {
        x: "tier",
        y1: "lower",
        y2: "upper",
        fill: "tier",
        fillOpacity: 0.45,
        ...(hasTitles ? { title: "title" } : {}),
      }),
      Plot.tickY(drawn, { x: "tier", y: "middle", stroke: "tier", strokeWidth: 3 }),
    ],
  }
}
