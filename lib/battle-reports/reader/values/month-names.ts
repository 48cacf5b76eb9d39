import { otherLanguages } from "../vocabulary/languages.ts"

/** The form in which names of months compare: composed, in lower case, without a point at the end. */
const comparable = (name: string): string =>
  name.normalize("NFC").toLowerCase().replace(/\.$/, "").trim()

const letters = [..."abcdefghijklmnopqrstuvwxyz"]
const ofTwoLetters = letters.flatMap((first) => letters.map((second) => first + second))

/** How a month may be written: alone or inside a date, which decline differently. */
const styles: readonly Intl.DateTimeFormatOptions[] = (["short", "long"] as const).flatMap(
  (month) => [{ month }, { month, day: "numeric", year: "numeric" }],
)

const middles = Array.from({ length: 12 }, (_, month) => Date.UTC(2025, month, 15))

type MonthsByName = ReadonlyMap<string, number | null>

/** The months of some languages by name; null for a name that they give to different months. */
function monthsIn(languages: readonly string[]): MonthsByName {
  const months = new Map<string, number | null>()
  for (const language of languages) {
    for (const style of styles) {
      const format = new Intl.DateTimeFormat(language, {
        ...style,
        timeZone: "UTC",
        calendar: "gregory",
        numberingSystem: "latn",
      })
      for (const [index, middle] of middles.entries()) {
        const part = format.formatToParts(middle).find(({ type }) => type === "month")
        const name = comparable(part?.value ?? "")
        // A bare number names no month.
        if (!/\p{L}/u.test(name)) continue
        const known = months.get(name)
        months.set(name, known === undefined || known === index + 1 ? index + 1 : null)
      }
    }
  }
  return months
}

const supported = (languages: readonly string[]) =>
  Intl.DateTimeFormat.supportedLocalesOf([...languages])

/**
 * Every language that the runtime has names of months for, by how likely a player's device is set to
 * it: those of the game, those with a code of two letters, those with one of three. Each group is
 * asked only where the ones before it do not know a name, and its names are collected only then.
 */
const groups: readonly (() => MonthsByName)[] = [
  () => monthsIn(["en", ...otherLanguages.map(({ tag }) => tag)]),
  () => monthsIn(supported(ofTwoLetters)),
  () => monthsIn(supported(ofTwoLetters.flatMap((two) => letters.map((third) => two + third)))),
]

const collected: MonthsByName[] = []

/**
 * The month, 1 to 12, that a name stands for in any language the runtime knows (`nov.`, `février`,
 * `11月`). `null` for other words, and for a name that languages give to different months (`lis` is
 * October in Croatian and November in Polish).
 *
 * The names are those of `Intl`, which come from Unicode's CLDR.
 */
export function monthNamed(written: string): number | null {
  const name = comparable(written)
  for (const [index, collect] of groups.entries()) {
    const months = collected[index] ?? collect()
    collected[index] = months
    const month = months.get(name)
    if (month !== undefined) return month
  }
  return null
}
