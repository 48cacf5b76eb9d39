import * as Plot from "@observablehq/plot"
import type { PatchBoundary } from "../battle-reports/patches.ts"
import { magnitudeSuffix } from "../battle-reports/reader/values/magnitude.ts"
import {
  type Column,
  type Content,
  count,
  countOf,
  type Html,
  html,
  moment,
  nothing,
  section,
  table,
  written,
} from "./html.ts"
import { type Caption, legend, responsivePicture, smallPicture } from "./picture.ts"
import { type Dot, everybody, type Runs, type Tier } from "./runs.ts"

type RunsOf = Runs["sections"][number]

/** A number as the game writes it, from its decimal logarithm: `3.21B`. */
const compact = (logarithm: number): string => {
  // 999.96K is written as 1M.
  const exponent = Math.max(0, Math.floor((logarithm + 2e-4) / 3) * 3)
  const suffix = magnitudeSuffix(exponent)
  const mantissa = 10 ** (logarithm - exponent)
  const digits = mantissa.toFixed(mantissa < 9.995 ? 2 : mantissa < 99.95 ? 1 : 0)
  const plain = digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits
  return suffix === undefined ? `10^${Math.round(logarithm)}` : `${plain}${suffix}`
}

const colourOf = (tier: number): string => `var(--tier-${tier})`

/** All tiers that any run was played on, ascending. */
const tiersOf = ({ sections }: Runs): readonly number[] => {
  const played = sections.flatMap(({ dots, tiers }) => [...dots, ...tiers].map(({ tier }) => tier))
  return [...new Set(played)].toSorted((a, b) => a - b)
}

/** A colour for each tier: from blue over green and yellow to red, as maps colour heights. */
const tierColours = (tiers: readonly number[]): string =>
  tiers
    .map((tier, at) => {
      const hue = Math.round(262 - (237 * at) / Math.max(tiers.length - 1, 1))
      return `--tier-${tier}: oklch(var(--dot-lightness) 0.16 ${hue})`
    })
    .join("; ")

const colourScale = (tiers: readonly number[]): Plot.ScaleOptions => ({
  ...{ type: "ordinal", domain: tiers, range: tiers.map(colourOf) },
})

/** What all pictures of some runs have in common. */
interface Frame {
  readonly own: RunsOf
  /** Those of all pictures of the page, so that a tier has the same colour everywhere. */
  readonly allTiers: readonly number[]
  readonly boundaries: readonly PatchBoundary[]
  /** Whether dots and boxes say what they are when pointed at. */
  readonly hasTitles: boolean
}

const instant = (day: string): Date => new Date(`${day}T12:00:00Z`)

/** A measure of runs: what a dot or box is drawn at, and how it is said. */
interface Measure {
  readonly of: (dot: Dot) => number | null
  readonly spread: (tier: Tier) => readonly number[] | null
  readonly say: (value: number) => string
  readonly axis: Plot.ScaleOptions
}

const waves: Measure = {
  of: ({ wave }) => wave,
  spread: (tier) => tier.waves,
  say: (wave) => `wave ${count(wave)}`,
  axis: { label: "wave", grid: true, nice: true, zero: true, ticks: 6, tickSize: 0 },
}

const coins: Measure = {
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

/** With more dots than this on the page, what each of them says would make it too large. */
const mostTitles = 1500

/** From this share of the picture's width on, a label stands to the left of its line. */
const turningPoint = 0.65

const patchMarks = (
  boundaries: readonly PatchBoundary[],
  [first, last]: readonly [number, number],
): Plot.Markish[] => {
  const marks = boundaries
    .map(({ date, label }) => ({ date: instant(date), label }))
    .filter(({ date }) => date.getTime() >= first && date.getTime() <= last)
  const labels = (side: "start" | "end") =>
    Plot.text(
      marks.filter(
        ({ date }) => (side === "end") === date.getTime() - first > turningPoint * (last - first),
      ),
      {
        ...{ x: "date", text: "label", frameAnchor: "top", textAnchor: side },
        ...{ dx: side === "start" ? 4 : -4, dy: -14, fill: "var(--muted)" },
        ...{ lineWidth: 7, textOverflow: "ellipsis" },
      },
    )
  return [
    Plot.ruleX(marks, { x: "date", stroke: "var(--rule)", strokeDasharray: "4 3" }),
    labels("start"),
    labels("end"),
  ]
}

const timeOptions = (
  { own: { dots }, allTiers, boundaries, hasTitles }: Frame,
  measure: Measure,
  height: number,
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
    ...{ height, marginLeft: 50, marginTop: 34 },
    x: { type: "utc", domain: domain.map((time) => new Date(time)), label: null, ticks: 6 },
    y: measure.axis,
    color: colourScale(allTiers),
    marks: [
      ...patchMarks(boundaries, domain),
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
const pairWidth = 430

/** More tiers than this, and only every other one finds room for its number. */
const mostLabels = 12

const spreadOptions = (
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
    ...{ width: pairWidth, height, marginLeft: 50, marginBottom: 44 },
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

const tierLegend = ({ sections, boundaries }: Runs, allTiers: readonly number[]): Html =>
  legend([
    ...allTiers.map((tier) => ({ name: `tier ${tier}`, colour: colourOf(tier) })),
    ...(sections.some(({ tournaments }) => tournaments > 0)
      ? [{ name: "tournament", colour: "var(--muted)", shape: "diamond" as const }]
      : []),
    ...(boundaries.length > 0
      ? [{ name: "patch of the game", colour: "var(--rule)", shape: "dash" as const }]
      : []),
  ])

/** How all pictures of runs are to be read. */
const explanation = (runs: Runs, allTiers: readonly number[]): Html => {
  const isGathered = runs.sections.some(({ dots }) => dots.some((dot) => dot.runs > 1))
  return html`<p>${
    isGathered
      ? "A dot is the middle of the runs of a tier that were played at about the same time; where there are few, it is one run."
      : "A dot is a run."
  } Coins are those of an hour of real time, on a scale on which each step is a multiple of the one before. In the pictures
by tier, which leave tournaments out, the thick line is the middle run, the box holds half of all runs, and the thin line the
rest.</p>
${tierLegend(runs, allTiers)}`
}

const says = ({ name, runs, first, last }: RunsOf): string =>
  `${countOf(runs, "run")}${name === null ? "" : ` of ${name}`} between ${first} and ${last}`

/** The pictures of some runs, each with its caption. */
const captions = (own: RunsOf) =>
  ({
    waves: {
      title: "How far runs came",
      label: `Dots: the wave that each of ${says(own)} reached, by day and tier.`,
      text: "The wave at which runs ended, by day",
    },
    coins: {
      title: "What runs earned",
      label: `Dots: the coins an hour of ${says(own)}, by day and tier.`,
      text: "Coins an hour, by day",
    },
    wavesByTier: {
      title: "Waves by tier",
      label: `Boxes: how the waves of ${says(own)} are spread within each tier.`,
      text: "How runs are spread within each tier",
    },
    coinsByTier: {
      title: "Coins an hour by tier",
      label: `Boxes: how the coins an hour of ${says(own)} are spread within each tier.`,
      text: "How runs are spread within each tier",
    },
  }) satisfies Record<string, Caption>

const tierTable = ({ tiers }: RunsOf): Html => {
  const figure = (
    name: string,
    spread: (tier: Tier) => readonly number[] | null,
    at: number,
    say: (value: number) => string,
  ): Column<Tier> => ({
    ...{ name, isNumeric: true },
    cell: (tier) => {
      const value = spread(tier)?.[at]
      return value === undefined ? "none" : say(value)
    },
  })
  return table<Tier>(
    "The same in figures, tournaments left out",
    [
      { name: "Tier", isNumeric: true, cell: ({ tier }) => tier },
      { name: "Runs", isNumeric: true, cell: ({ runs }) => count(runs) },
      figure("Middle wave", (tier) => tier.waves, 2, count),
      figure("Best wave", (tier) => tier.waves, 4, count),
      figure("Middle coins an hour", (tier) => tier.rates, 2, compact),
      figure("Best coins an hour", (tier) => tier.rates, 4, compact),
    ],
    tiers,
  )
}

const leftOut = ({ hidden, undated, withoutRate }: RunsOf): Content => {
  const notes = [
    [hidden, "hidden by its player", "hidden by their players"],
    [undated, "without a date or tier that can be read", "without a date or tier that can be read"],
    [
      withoutRate,
      "without coins or a duration, not in the pictures of coins",
      "without coins or a duration, not in the pictures of coins",
    ],
  ] as const
  const told = notes.filter(([runs]) => runs > 0)
  return told.length === 0
    ? null
    : html`<p class="note">Left out: ${told
        .map(([runs, one, several]) => `${countOf(runs, "run")} ${runs === 1 ? one : several}`)
        .join("; ")}.</p>`
}

const picturesOf = (frame: Frame): Content => {
  const { own } = frame
  const caption = captions(own)
  const isSmall = own.player !== everybody
  const time = (text: Caption, measure: Measure): Html | null => {
    if (own.dots.every((dot) => measure.of(dot) === null)) return null
    return isSmall
      ? smallPicture(text, { ...timeOptions(frame, measure, 240), width: pairWidth })
      : responsivePicture(text, (width) => timeOptions(frame, measure, width > 600 ? 340 : 260))
  }
  const spread = (text: Caption, measure: Measure): Html | null =>
    own.tiers.every((tier) => measure.spread(tier) === null)
      ? null
      : smallPicture(text, spreadOptions(frame, measure, 250))
  const overTime = [time(caption.waves, waves), time(caption.coins, coins)]
  const byTier = [spread(caption.wavesByTier, waves), spread(caption.coinsByTier, coins)]
  return [
    isSmall ? null : overTime,
    html`<div class="pairs">${isSmall ? overTime : null}${byTier}</div>`,
    own.tiers.length > 0 ? tierTable(own) : null,
    leftOut(own),
  ]
}

const summary = ({ runs, tournaments, first, last }: RunsOf): Html =>
  html`<p>${countOf(runs, "run")}${first === null || last === null ? null : [", played from ", moment(first), " to ", moment(last)]}; ${
    tournaments === 0
      ? "none of them in a tournament"
      : `${count(tournaments)} of them in tournaments`
  }.</p>`

const ofPlayer = (frame: Frame): Html => {
  const { player, name } = frame.own
  return html`<section id="player-${player}" aria-labelledby="player-${player}-heading">
<h3 id="player-${player}-heading">${written(name ?? "")}</h3>
${summary(frame.own)}${picturesOf(frame)}
</section>`
}

/** How runs went over time and by tier: in pictures of all of them, or of each player's. */
export const runsSection = (runs: Runs): Html => {
  const allTiers = tiersOf(runs)
  const { sections, boundaries } = runs
  const hasTitles = sections.reduce((sum, { dots }) => sum + dots.length, 0) <= mostTitles
  const frames = sections.map((own) => ({ own, allTiers, boundaries, hasTitles }))
  return section(
    "runs",
    "Runs",
    html`<p>In a run, a player’s tower stands against wave after wave of enemies until one of them destroys it. On a
higher tier the enemies are stronger, and what they drop is worth more.</p>`,
    frames.length === 0
      ? nothing("No run has been read yet: import-battle-reports brings battle reports in.")
      : html`<div style="${tierColours(allTiers)}">${explanation(runs, allTiers)}${frames.map(
          (frame) =>
            frame.own.player === everybody
              ? [summary(frame.own), picturesOf(frame)]
              : ofPlayer(frame),
        )}</div>`,
  )
}
