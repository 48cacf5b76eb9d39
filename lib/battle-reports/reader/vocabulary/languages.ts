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

const byHeading = new Map(
  otherLanguages.map((language) => [comparable(language.heading), language]),
)

const longestHeading = Math.max(...otherLanguages.map(({ heading }) => heading.length)) + 10

/** The language whose heading of a battle report a line is; dress around it does not count. */
export function languageOfHeading(line: string): GameLanguage | null {
  const words = line.slice(0, 3 * longestHeading).replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "")
  return words.length > longestHeading ? null : (byHeading.get(comparable(words)) ?? null)
}
