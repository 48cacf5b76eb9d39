/** The magnitudes with a letter of their own, in steps of 10^3 from 10^3. Case tells q from Q. */
const singleLetters = ["K", "M", "B", "T", "q", "Q", "s", "S", "O", "N", "D"] as const

/** Lower-case spellings that some clients write; they take no other magnitude's letter. */
const lowerCaseLetters = ["k", "m", "b", "t"] as const

const step = 3
const firstTwoLetterExponent = (singleLetters.length + 1) * step

/** Powers of ten by the character code of a single letter; 0 where the letter is no magnitude. */
const exponentByCode = new Uint8Array(128)
for (const letters of [singleLetters, lowerCaseLetters]) {
  letters.forEach((letter, index) => {
    exponentByCode[letter.charCodeAt(0)] = (index + 1) * step
  })
}

const lowerCaseA = 97
const alphabetLength = 26

/**
 * The power of ten that the text from `at` on stands for on the game's number scale, or `undefined`
 * if it is no magnitude. Each suffix is 10^3 times the one before: K, M, B, T, q, Q, s, S, O, N, D,
 * then two lower-case letters aa (10^36), ab, … az, ba, … zz. No text at all stands for 10^0.
 */
export function magnitudeExponent(text: string, at: number): number | undefined {
  switch (text.length - at) {
    case 0:
      return 0
    case 1:
      return exponentByCode[text.charCodeAt(at)] || undefined
    case 2: {
      const first = text.charCodeAt(at) - lowerCaseA
      const second = text.charCodeAt(at + 1) - lowerCaseA
      if (!isLetterIndex(first) || !isLetterIndex(second)) return undefined
      return firstTwoLetterExponent + (first * alphabetLength + second) * step
    }
    default:
      return undefined
  }
}

const letterAt = (index: number): string => String.fromCharCode(lowerCaseA + index)

/** The suffix of a power of ten, the other way round; `undefined` where none stands for just that. */
export function magnitudeSuffix(exponent: number): string | undefined {
  const index = exponent / step - 1
  if (exponent === 0) return ""
  if (!Number.isInteger(index) || index < 0) return undefined
  const pair = index - singleLetters.length
  if (pair < 0) return singleLetters[index]
  const first = Math.floor(pair / alphabetLength)
  return isLetterIndex(first) ? letterAt(first) + letterAt(pair % alphabetLength) : undefined
}

function isLetterIndex(index: number): boolean {
  return index >= 0 && index < alphabetLength
}

/** Words for magnitudes, short and in full; no word of the game's own labels is among them. */
const magnitudeWords: ReadonlySet<string> = new Set(
  `thousand thousands million millions billion billions trillion trillions mn bn tn
  tsd tausend mio millionen mrd milliarde milliarden bio billionen brd billiarde billiarden trillionen
  mille md mds milliard milliards mil millón millones millardo billón billones mi milhão milhões bi bilhão
  bilhões trilhão trilhões mila mln milione milioni mld miliardo miliardi duizend miljoen miljard biljoen
  tusen milj miljon miljoner mdr miljarder mia millioner milliarder tys tis milion miliony miliard miliardy
  millió milliárd milyon milyar trilyon rb ribu jt juta miliar triliun lakh crore
  тыс млн млрд трлн тысяч миллион миллионов миллиард миллиардов`.split(/\s+/),
)

/** The longest of these words, with a point after it. */
export const longestMagnitudeWord = 1 + Math.max(...[...magnitudeWords].map(({ length }) => length))

/**
 * Whether a word after a number is one for a magnitude (`5 Mrd`, `5 million`). The game writes letters, so
 * that a value with such a word cannot be read; the number alone would be another one.
 */
export const isMagnitudeWord = (word: string): boolean =>
  magnitudeWords.has((word.endsWith(".") ? word.slice(0, -1) : word).toLowerCase())
