import { knownName } from "../vocabulary/name-lookup.ts"

/**
 * What people paste along with a report, taken off: quote marks, list bullets and line numbers that
 * are on every line, code fences, bold marks, HTML entities, a literal `\t`, and the cells of a
 * table in CSV or Markdown. A text without any of it is returned as it is.
 */
export function undress(text: string): string {
  if (!mayBeDressed(text)) return text
  const marked = withoutMarks(text)
  const lines = withoutPrefixes(marked.split("\n").filter((line) => !fence.test(line)))
  return asFields(lines).join("\n")
}

/** Signs of dress anywhere in a text; most reports have none of them. */
const signs = ["&", "\\t", "**", "__", "```", "~~~", "|", '"']

/** What may be between a label and its value. */
const pairSeparators = /[\t:,;]/

/** Whether a first line does not begin with a letter, or a second one is a comma-separated pair. */
function startsDressed(text: string): boolean {
  if (!/^\s*\p{L}/u.test(text.slice(0, 40))) return true
  const lineFeed = text.indexOf("\n")
  const [separator] = pairSeparators.exec(text.slice(lineFeed + 1, lineFeed + 40)) ?? []
  return separator === "," || separator === ";"
}

function mayBeDressed(text: string): boolean {
  for (const sign of signs) if (text.includes(sign)) return true
  return startsDressed(text)
}

const fence = /^\s*(?:>\s*)*(?:```|~~~)/

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  Tab: "\t",
}

function decodeEntity(entity: string, name: string): string {
  const code = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name)
  if (code === null) return entities[name] ?? entity
  const point = code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16)
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : entity
}

function withoutMarks(text: string): string {
  return text
    .replace(/&(#?\w{1,8});/g, decodeEntity)
    .replaceAll("\\t", "\t")
    .replace(/\*\*|__/g, "")
}

/** What may come before every line of a quoted or listed report. */
const prefixes: readonly RegExp[] = [
  /^\s*>+[^\S\n\t]?/,
  /^\s*\|(?!.*\|)\s?/,
  /^\s*[-*•·–—+][^\S\n\t]+/,
]
const lineNumber = /^\s*(\d{1,4})(?:[.):|]|[.):|]?(?=[\t ]))[\t ]*/

/** Nobody quotes a list of quotes of lists. */
const deepestNesting = 4

/** Takes off prefixes that are on every line that is not blank. */
function withoutPrefixes(
  lines: readonly string[],
  nesting: number = deepestNesting,
): readonly string[] {
  const written = lines.filter((line) => line.trim() !== "")
  const common = prefixes.find((prefix) => written.every((line) => prefix.test(line)))
  if (common !== undefined && written.length > 0 && nesting > 0) {
    const inner = lines.map((line) => line.replace(common, ""))
    return withoutPrefixes(inner, nesting - 1)
  }
  return areNumbered(written) ? lines.map((line) => line.replace(lineNumber, "")) : lines
}

/** Whether lines are numbered one after the other. */
function areNumbered(lines: readonly string[]): boolean {
  const numbers = lines.map((line) => Number(lineNumber.exec(line)?.[1] ?? Number.NaN))
  return lines.length > 1 && numbers.every((number, index) => number === (numbers[0] ?? 0) + index)
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
    return at < 0 ? [line] : [line.slice(0, at), line.slice(at + 1)]
  }

const markdownCells: Cells = (line) =>
  /^\s*\|.*\|\s*$/.test(line) ? line.trim().slice(1, -1).split("|") : [line]

const tables: readonly Cells[] = [markdownCells, pairBy("\t"), pairBy(","), pairBy(";")]

const isRule = (cells: readonly string[]): boolean =>
  cells.length > 1 && cells.every((cell) => /^\s*:?-{2,}:?\s*$/.test(cell))

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
  return lines.flatMap((line) => {
    const cells = cellsOf(line)
    if (isRule(cells)) return []
    const texts = cells.map(unquoted).filter((cell, index) => index === 0 || cell !== "")
    return [texts.join("\t")]
  })
}

const isKnownLabel = (text: string): boolean => knownName(text.trim()) !== undefined
