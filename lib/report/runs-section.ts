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
import { everybody, type Runs, type Tier } from "./runs.ts"
import {
  coins,
  colourOf,
  compact,
  type Frame,
  type Measure,
  pairWidth,
  type RunsOf,
  spreadOptions,
  timeOptions,
  waves,
} from "./runs-pictures.ts"

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

/** With more dots than this on the page, what each of them says would make it too large. */
const mostTitles = 1500

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
  const isSpread = runs.sections.some(({ tiers }) => tiers.some((tier) => tier.runs > 1))
  return html`<p>${
    isGathered
      ? "A dot is the middle of the runs of a tier that were played at about the same time; where there are few, it is one run."
      : "A dot is a run."
  } Coins are those of an hour of real time, on a scale on which each step is a multiple of the one before. In the pictures
by tier, which leave tournaments out, ${
    isSpread
      ? "the thick line is the middle run, the box holds half of all runs, and the thin line the rest"
      : "a line is a run"
  }.</p>
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
      ? smallPicture(text, timeOptions(frame, measure, { width: pairWidth, height: 240 }))
      : responsivePicture(text, (width) =>
          timeOptions(frame, measure, { width, height: width > 600 ? 340 : 260 }),
        )
  }
  const spread = (text: Caption, measure: Measure): Html | null =>
    own.tiers.every((tier) => measure.spread(tier) === null)
      ? null
      : smallPicture(text, spreadOptions(frame, measure, 260))
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
