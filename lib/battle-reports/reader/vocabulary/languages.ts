import { hasLettersAt } from "../characters.ts"

/** A language that the game is offered in, and what it calls a battle report there. */
export interface GameLanguage {
  /** BCP 47 tag. */
  readonly tag: string
  /** The language's name in English. */
  readonly name: string
  readonly heading: string
}

/** The game's languages other than English, whose reports the suite can name but not read. */
export const otherLanguages: readonly GameLanguage[] = [
  { tag: "fr", name: "French", heading: "Rapport de bataille" },
  { tag: "de", name: "German", heading: "Kampfbericht" },
  { tag: "it", name: "Italian", heading: "Resoconto battaglia" },
  { tag: "pt", name: "Portuguese", heading: "Relatório de Batalha" },
  { tag: "es", name: "Spanish", heading: "Informe de batalla" },
  { tag: "ru", name: "Russian", heading: "Боевой отчёт" },
  { tag: "ja", name: "Japanese", heading: "戦闘レポート" },
  { tag: "ko", name: "Korean", heading: "전투 보고" },
  { tag: "zh-Hant", name: "Traditional Chinese", heading: "戰報" },
  { tag: "zh-Hans", name: "Simplified Chinese", heading: "战斗报告" },
]

const comparable = (text: string): string =>
  text.normalize("NFC").toLowerCase().replace(/\s+/gu, " ").trim()

const headings = otherLanguages.map((language) => ({
  language,
  heading: comparable(language.heading),
}))

/** So many letters of a line tell that it does not begin with a heading. */
const tellingLetters = 3

const latinBeginnings = headings.flatMap(
  ({ heading }) => /^[a-z]+/.exec(heading.slice(0, tellingLetters)) ?? [],
)

const lowerCase = 32

/**
 * Whether a line may have a heading of another language: false only where it begins, at `start`, with
 * other Latin letters.
 */
export function mayBeForeign(line: string, start: number): boolean {
  const initial = line.charCodeAt(start) | lowerCase
  if (initial < 97 || initial > 122) return true
  return latinBeginnings.some((letters) => hasLettersAt(line, start, letters))
}

/** Dress before a heading is no longer, and no heading either. */
const longestHeading = 60

/** A line with as many numbers is a whole report whose line breaks are lost. */
const manyNumbers = 10

/**
 * The language whose heading of a battle report a line is, or begins with if the whole report is on
 * it; dress around it does not count.
 */
export function languageOfHeading(line: string): GameLanguage | null {
  const start = line.search(/\p{L}/u)
  if (start < 0 || start > longestHeading) return null
  const letters = comparable(line.slice(start, start + 3 * tellingLetters)).slice(0, tellingLetters)
  if (!headings.some(({ heading }) => heading.startsWith(letters.slice(0, heading.length))))
    return null
  const words = comparable(line.slice(start, start + 3 * longestHeading))
  const found = headings.find(({ heading }) => words.startsWith(heading))
  if (found === undefined) return null
  const isAlone = !/\p{L}/u.test(words.slice(found.heading.length))
  return isAlone || hasManyNumbers(line) ? found.language : null
}

const hasManyNumbers = (line: string): boolean =>
  [...line.slice(0, 1000).matchAll(/\d+/g)].length >= manyNumbers
