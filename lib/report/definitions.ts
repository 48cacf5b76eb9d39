import * as Plot from "@observablehq/plot"
import * as Effect from "effect/Effect"
import type { StoredDefinition, StoredParameter } from "../definitions/definition.ts"
import { definitionKinds } from "../definitions/registry.ts"
import { loadDefinitions, loadOrigins } from "../definitions/stored-definitions.ts"
import {
  colour,
  costPicture,
  currencyOf,
  highest,
  type Level,
  levelsOf,
  shortCount,
} from "./cost-pictures.ts"
import {
  count,
  countOf,
  type Html,
  html,
  link,
  moment,
  nothing,
  section,
  table,
  written,
} from "./html.ts"
import { smallPicture } from "./picture.ts"
import { kindName } from "./state.ts"

/** The definitions, and the day on which the newest part of each was captured. */
export const loadDefined = Effect.map(
  Effect.all([loadDefinitions(definitionKinds), loadOrigins]),
  ([definitions, origins]) => ({
    definitions,
    captured: new Map(origins.map(({ kind, slug, captured }) => [`${kind} ${slug}`, captured])),
  }),
)

type Defined = Effect.Success<typeof loadDefined>

const units: Readonly<Record<string, string>> = {
  seconds: "seconds",
  percent: "%",
  multiplier: "×",
  count: "",
}

const valuePicture = (
  { name }: StoredDefinition,
  { displayName, unitKind }: StoredParameter,
  levels: readonly Level[],
  at: number,
  mostLevels: number,
): Html => {
  const drawn = levels.filter(({ value }) => value !== null)
  const unit = units[unitKind] ?? ""
  return smallPicture(
    {
      title: written(displayName),
      label: `Line: ${displayName} of ${name} by level, from ${levels[0]?.valueRaw} to ${levels.at(-1)?.valueRaw}.`,
      text: html`from ${written(levels[0]?.valueRaw ?? "")} to ${written(levels.at(-1)?.valueRaw ?? "")}`,
    },
    {
      ...{ width: 250, height: 180, marginLeft: 50, marginTop: 30, marginBottom: 40 },
      x: { domain: [0, mostLevels], label: "level", ticks: 4 },
      y: {
        ...{ label: unit === "" ? null : unit, grid: true, ticks: 4, tickSize: 0, nice: true },
        tickFormat: (value: number) => (value < 100_000 ? count(value) : shortCount.format(value)),
      },
      marks: [Plot.lineY(drawn, { x: "level", y: "value", stroke: colour(at), strokeWidth: 2 })],
    },
  )
}

const levelTable = ({ displayName }: StoredParameter, levels: readonly Level[]): Html =>
  table<Level>(
    html`${written(displayName)}, level by level`,
    [
      { name: "Level", isNumeric: true, cell: ({ level }) => level },
      { name: "Value", isNumeric: true, cell: ({ valueRaw }) => written(valueRaw) },
      { name: "Cost", isNumeric: true, cell: ({ costRaw }) => written(costRaw) },
      { name: "So far", isNumeric: true, cell: ({ soFar }) => count(soFar) },
    ],
    levels,
  )

const entityDetails = (definition: StoredDefinition, captured: string | null): Html => {
  const { kind, slug, name, parameters, wikiPageUrl } = definition
  const mostLevels = highest(parameters.flatMap(({ levels }) => levels.map(({ level }) => level)))
  return html`<details id="${kind}-${slug}">
<summary><strong>${written(name)}</strong> <span>${countOf(parameters.length, "upgrade")}, level by level</span></summary>
<p>From ${link(wikiPageUrl, "its page on the wiki")}${captured === null ? null : ["; its newest part was first seen on ", moment(captured)]}.</p>
<div class="upgrades">
${parameters.map((parameter, at) => {
  const levels = levelsOf(parameter)
  return html`<div>${valuePicture(definition, parameter, levels, at, mostLevels)}${levelTable(parameter, levels)}</div>`
})}
</div>
</details>`
}

const cardsTable = (cards: readonly StoredDefinition[]): Html =>
  html`<details id="card-cards"><summary><strong>All cards</strong> <span>what each does, level by level</span></summary>
${table<StoredDefinition>(
  countOf(cards.length, "card"),
  [
    { name: "Card", cell: ({ name, wikiPageUrl }) => link(wikiPageUrl, written(name)) },
    { name: "Rarity", cell: ({ rarity }) => written(rarity ?? "unknown") },
    { name: "What it does", cell: ({ description }) => written(description ?? "unknown") },
    { name: "By level", cell: ({ effectRaw }) => written(effectRaw ?? "unknown") },
    { name: "Unlocked by", cell: ({ unlockText }) => written(unlockText ?? "unknown") },
  ],
  cards,
  { stacks: true },
)}
</details>`

const levelledSection = (
  kind: string,
  definitions: readonly StoredDefinition[],
  captured: Defined["captured"],
): Html => {
  const parameters = definitions.flatMap((definition) => definition.parameters)
  const most = {
    level: highest(parameters.flatMap(({ levels }) => levels.map(({ level }) => level))),
    cost: highest(parameters.map((parameter) => levelsOf(parameter).at(-1)?.soFar ?? 0)),
  }
  const [first] = definitions
  return html`<section id="${kind}" aria-labelledby="${kind}-heading">
<h3 id="${kind}-heading">${kindName(kind)}</h3>
<p>How many ${first === undefined ? "" : currencyOf(first)} an upgrade has cost, all in all, by the time it reaches a level; a dot
marks its last. All pictures have the same axes, so that a steeper line is a dearer upgrade. A cost that is a word (Unlock,
MAX) adds nothing.</p>
<div class="multiples">${definitions.map((definition) => costPicture(definition, most))}</div>
${definitions.map((definition) => entityDetails(definition, captured.get(`${kind} ${definition.slug}`) ?? null))}
</section>`
}

/** What the game has, by the wiki: what every upgrade costs, what it is worth, and the cards. */
export const definitionsSection = ({ definitions, captured }: Defined): Html => {
  const of = (kind: string) => definitions.filter((definition) => definition.kind === kind)
  const levelled = definitionKinds.filter((kind) => kind !== "card" && of(kind).length > 0)
  const cards = of("card")
  return section(
    "definitions",
    "Definitions",
    definitions.length === 0
      ? nothing(
          "Nothing is defined yet: rebuild-wiki-definitions makes definitions of the wiki’s pages.",
        )
      : html`<p>What the game’s bots, weapons, chips and cards cost and do, as the wiki had it when it was last read.</p>`,
    levelled.map((kind) => levelledSection(kind, of(kind), captured)),
    cards.length === 0
      ? null
      : html`<section id="card" aria-labelledby="card-heading"><h3 id="card-heading">${kindName("card")}</h3>${cardsTable(cards)}</section>`,
  )
}
