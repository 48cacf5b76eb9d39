import * as fc from "fast-check"
import type { KnownSection } from "../../../lib/battle-reports/reader/vocabulary/known-line.ts"
import {
  classicSections,
  sectionedSections,
} from "../../../lib/battle-reports/reader/vocabulary/labels.ts"
import type { Field } from "./report-text.ts"

const quantity = fc
  .tuple(fc.nat(99_999), fc.constantFrom("", "K", "M", "q", "Q", "D", "ab", "zz"))
  .map(([hundredths, suffix]) => (hundredths / 100).toFixed(2) + suffix)

/** A label that is not known, after a word: where an enemy is named, not every word is its name. */
const newAfterWord = "Quantum Echo"

/** The first lines of a run. */
export const opening: fc.Arbitrary<readonly Field[]> = fc
  .record({
    "Battle Date": fc.constantFrom("Jan 17, 2026 08:05", "2026-01-17 08:05", "01/17/2026"),
    "Game Time": fc.constantFrom("1d 2h 3m 4s", "17m 35s", "02:03:04"),
    Tier: fc.constantFrom("9", "14+"),
    Wave: fc.nat(9999).map(String),
    "Bots Used": fc.constantFrom("Flame Bot", "Golden Bot, Some Bot", null),
    "Killed By": fc.constantFrom("Boss", "Fast", "Vampires", null),
    [newAfterWord]: quantity,
    "Combat Ultimate Weapons": fc.constantFrom("Black Hole", "Death Wave, New Weapon", null),
    "Coins Earned": quantity,
    "Cash Earned": quantity.map((written) => `$${written}`),
  })
  .map((fields) =>
    Object.entries(fields)
      .filter(([label]) => label !== newAfterWord || fields["Killed By"] !== null)
      .map(([label, value]) => ({ section: null, label, value })),
  )

/** Words of no known label, as the game may add them. */
const newLabel = fc
  .array(fc.constantFrom("Quantum", "Flux", "Echo", "Rift", "Shard's", "Übermut"), {
    minLength: 1,
    maxLength: 3,
  })
  .map((words) => words.join(" "))

/** The layout's first section, by which it is told from the other, and others in any order. */
export const bodyOf = ([first, ...others]: readonly KnownSection[]): fc.Arbitrary<
  readonly Field[]
> =>
  fc
    .tuple(
      ...(first === undefined ? [] : [fieldsIn(first)]),
      fc
        .tuple(...others.map(fieldsIn))
        .chain((bodies) => fc.shuffledSubarray(bodies))
        .map((bodies) => bodies.flat()),
    )
    .map((bodies) => bodies.flat())

/** Some fields of a section: a known one first, then others, known and new. */
const fieldsIn = ({ section, lines }: KnownSection): fc.Arbitrary<readonly Field[]> => {
  const known = fc.shuffledSubarray(
    lines.map(({ label }) => label),
    { minLength: 1, maxLength: Math.min(6, lines.length) },
  )
  const added = fc.array(newLabel, { maxLength: 2 })
  return fc
    .tuple(known, added, fc.array(quantity, { minLength: 8, maxLength: 8 }))
    .map(([labels, others, values]) =>
      [...labels, ...others].map((label, index) => ({
        section,
        label,
        value: values[index] ?? "0",
      })),
    )
}

/** The layouts, each with its sections. */
export const everyLayout: readonly (readonly [string, readonly KnownSection[]])[] = [
  ["classic", classicSections],
  ["sectioned", sectionedSections],
]

/** Any report of either layout. */
export const anyReport: fc.Arbitrary<readonly Field[]> = fc
  .constantFrom(...everyLayout)
  .chain(([, sections]) => fc.tuple(opening, bodyOf(sections)))
  .map(([top, body]) => [...top, ...body])
