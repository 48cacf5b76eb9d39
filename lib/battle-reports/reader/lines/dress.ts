import { withLineFeeds } from "../characters.ts"
import { knownName } from "../vocabulary/name-lookup.ts"

/**
 * What people paste along with a report, taken off: quote marks, list bullets and line numbers that
 * are on its lines, code fences, marks of headings and bold text, HTML entities, a literal `\t`, and
 * the cells of a table in CSV, TSV or Markdown. A text without any of it is returned as it is; every
 * line stays on the line it is on.
 */
export function undress(text: string): string {
  if (!mayBeDressed(text)) return text
  const lines = withLineFeeds(withoutEntities(withoutBreakTags(text)))
    .split("\n")
    .map(withoutMarks)
  return asFields(withoutSuffixes(withoutQuotes(withoutPrefixes(lines)))).join("\n")
}

/** Signs of dress anywhere in a text; most reports have none of them. */
const signs = ["&", "\\t", "*", "__", "`", "~~", "|", '"', "<"]

/** Signs that people write between a label and its value, with blanks around them. */
const pairSigns = ["=", "->", "→", "-", "–", "—"]

/** A label with one of them after it, or a comma or semicolon; that of a date comes after digits. */
const pair = /^[^\d\t:,;]{3,40}?(?:[,;]| (?:=|->|→|-|–|—) )/

/**
 * Whether one of the first two lines does not begin with a letter, the first ends with a punctuation
 * mark, or the second is a pair.
 */
function startsDressed(text: string): boolean {
  if (!/^\s*\p{L}/u.test(text.slice(0, 40))) return true
  const lineBreak = text.search(/[\r\n]/)
  if (lineBreak < 0) return false
  if (/[,;.]\s*$/.test(text.slice(Math.max(0, lineBreak - 10), lineBreak))) return true
  const second = text.slice(lineBreak, lineBreak + 60).trimStart()
  return second !== "" && (!/^\p{L}/u.test(second) || pair.test(second))
}

function mayBeDressed(text: string): boolean {
  for (const sign of signs) if (text.includes(sign)) return true
  return startsDressed(text)
}

/** The tag of a line break, with the line break that may follow it anyway. */
const breakTag = /<br ?\/?>(?:\r?\n)?/gi

const withoutBreakTags = (text: string): string => text.replace(breakTag, "\n")

/** An entity that HTML writes instead of a character. */
const entity = /&(#?\w{1,8});/g

const namedEntities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ensp: " ",
  emsp: " ",
  thinsp: " ",
  Tab: "\t",
}

function decodeEntity(written: string, name: string): string {
  const code = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name)
  if (code === null) return namedEntities[name] ?? written
  const point = code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16)
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : written
}

function withoutEntities(text: string): string {
  return text.replace(entity, decodeEntity).replaceAll("\\t", "\t")
}

const fence = /^[\s>]*(?:```|~~~)[\w-]*\s*$/

/** No label or value of the game has one of these marks in it, nor begins with a hash. */
function withoutMarks(line: string): string {
  if (fence.test(line)) return ""
  return line
    .replace(/[*`]|__+|~~/g, "")
    .replace(/^(\s*)_(.*)_$/, "$1$2")
    .replace(/^([\s>]*)#{1,6}\s/, "$1")
}

/** What may be before every line of a quoted or listed report. */
const prefixes: readonly RegExp[] = [
  /^\s*>+[^\S\n\t]?/,
  /^\s*\|(?!.*\|)\s?/,
  /^\s*[-•·–—+→★☆◦▪‣○●■□✓✔»][^\S\n\t]+(?:\[[ xX]\][^\S\n\t]+)?/,
]
const lineNumber = /^\s*(\d{1,4})(?:[^\S\t]*[.):|\]]|(?=[\t ]))[\t ]*/

/** Nobody quotes a list of quotes of lists. */
const deepestNesting = 4

const isWritten = (line: string): boolean => line.trim() !== ""

/** Whether most lines that are not blank are such: headings often stay out of a list. */
function areMost(lines: readonly string[], test: (line: string) => boolean): boolean {
  const written = lines.filter(isWritten)
  return 2 * written.filter(test).length > written.length
}

/** Takes off prefixes that are on the lines of a report. */
function withoutPrefixes(
  lines: readonly string[],
  nesting: number = deepestNesting,
): readonly string[] {
  if (nesting === 0) return lines
  const common = prefixes.find((prefix) => areMost(lines, (line) => prefix.test(line)))
  const taken = common ?? (areNumbered(lines) ? lineNumber : null)
  if (taken === null) return lines
  return withoutPrefixes(
    lines.map((line) => line.replace(taken, "")),
    nesting - 1,
  )
}

/** Whether lines are numbered one after the other, with or without those that are blank. */
function areNumbered(lines: readonly string[]): boolean {
  if (!areMost(lines, (line) => lineNumber.test(line))) return false
  const numbered = lines.flatMap((line, index) => {
    const number = lineNumber.exec(line)?.[1]
    return number === undefined ? [] : [{ number: Number(number), index }]
  })
  const [first] = numbered
  return (
    first !== undefined &&
    (numbered.every(({ number, index }) => number - index === first.number - first.index) ||
      numbered.every(({ number }, rank) => number - rank === first.number))
  )
}

const quotedLine = /^\s*"([^"]*)"\s*$/

/** Takes off the quotes of lines that are quoted as a whole. */
function withoutQuotes(lines: readonly string[]): readonly string[] {
  return areMost(lines, (line) => quotedLine.test(line))
    ? lines.map((line) => line.replace(quotedLine, "$1"))
    : lines
}

/** Takes off the punctuation mark that is at the end of most lines. */
function withoutSuffixes(lines: readonly string[]): readonly string[] {
  const suffix = [/,\s*$/, /;\s*$/, /\.\s*$/].find((mark) =>
    areMost(lines, (line) => mark.test(line.slice(-10))),
  )
  return suffix === undefined ? lines : lines.map((line) => line.replace(suffix, ""))
}

/** How the cells of a line of a table are told apart. */
type Cells = (line: string) => readonly string[]

/** Where a cell in quotes ends that starts at a position, two quotes standing for one; -1 if none does. */
function quotedEnd(line: string, start: number): number {
  if (line.charAt(start) !== '"') return -1
  for (let at = line.indexOf('"', start + 1); at >= 0; at = line.indexOf('"', at + 1)) {
    if (line.charAt(at + 1) !== '"') return at + 1
    at++
  }
  return -1
}

function unquoted(cell: string): string {
  const text = cell.trim()
  return quotedEnd(text, 0) === text.length
    ? text.slice(1, -1).replaceAll('""', '"').trim()
    : text.replaceAll('""', '"')
}

/** A label, and all after the separator as its value, whatever separators are in that. */
const pairBy =
  (separator: string): Cells =>
  (line) => {
    const end = Math.max(0, quotedEnd(line, line.length - line.trimStart().length))
    const at = line.indexOf(separator, end)
    return at < 0
      ? [line]
      : [line.slice(0, at), withoutEmptyCells(line.slice(at + separator.length), separator)]
  }

/** A value without the separators of the empty cells after it. */
function withoutEmptyCells(value: string, separator: string): string {
  let end = value.length
  while (end > 0 && (value.charAt(end - 1) === separator || value.charAt(end - 1) === " ")) end--
  return value.slice(0, end)
}

const markdownCells: Cells = (line) =>
  /^\s*\|.*\|\s*$/.test(line) ? line.trim().slice(1, -1).split("|") : [line]

const tables: readonly Cells[] = [
  markdownCells,
  pairBy("|"),
  pairBy("\t"),
  pairBy(","),
  pairBy(";"),
  ...pairSigns.map((sign) => pairBy(` ${sign} `)),
]

const isRule = (cells: readonly string[]): boolean =>
  cells.length > 1 && cells.every((cell) => /^\s*:?-+:?\s*$/.test(cell))

/** A table is one if this many of its lines begin with a cell that is a known label. */
const knownLabels = 3

/** Rewrites the lines of a table as fields, the label before a tab and the value after it. */
function asFields(lines: readonly string[]): readonly string[] {
  const cellsOf = tables.find((cells) => {
    const labels = lines.filter((line) => {
      const [label, value] = cells(line)
      return value !== undefined && label !== undefined && isKnownLabel(unquoted(label))
    })
    return labels.length >= knownLabels
  })
  if (cellsOf === undefined) return lines
  return lines.map((line) => {
    const cells = cellsOf(line)
    return isRule(cells) ? "" : cells.map(unquoted).join("\t")
  })
}

const isKnownLabel = (text: string): boolean => knownName(text.trim()) !== undefined
