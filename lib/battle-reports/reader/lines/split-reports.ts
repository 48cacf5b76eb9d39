import { isDigit, isSpace, skipSpaces } from "../characters.ts"
import type { KnownName } from "../vocabulary/known-names.ts"
import { languageOfHeading, mayBeForeign } from "../vocabulary/languages.ts"
import { nameIn } from "../vocabulary/name-lookup.ts"
import { headingEnd } from "./lines.ts"

/** A piece of a file: a report, or what is none. Joined, the pieces are the file's text. */
export interface FilePiece {
  /**
   * A note is anything that players write before, between and after reports. What is orphaned has
   * fields of a report and belongs to none.
   */
  readonly kind: "report" | "note" | "orphaned"
  /** Exactly as in the file. */
  readonly text: string
  /** The number of the line it starts on, from 1. */
  readonly line: number
}

/** How the game begins a report, where no line break is left. */
const beginning = /battle[^\S\r\n]+report[^\S\r\n]*battle[^\S\r\n]+date/gi

/** A line that holds the end of one report and the beginning of another is longer. */
const longestPlainLine = 100

/** More characters than a report can have; what is longer is given out as it comes. */
const longestReport = 256 * 1024 + 1

/** Quote marks, numbers, bold marks and the like before the first word of a line. */
const dress = "(?:&#?\\w{1,8};|[^\\p{L}\\n&]){0,40}"
const blankOrEntity = "(?:\\s|&#?\\w{1,8};)+"

const dressedHeading = new RegExp(`^${dress}E?battle${blankOrEntity}report(?![\\p{L}\\p{N}])`, "iu")

/** The first two lines of a run in a text without headings, with their value. */
const startLabel = new RegExp(
  `^${dress}(battle${blankOrEntity}date|game${blankOrEntity}time)(?![\\p{L}\\p{N}])(.*)`,
  "iu",
)

/** Dress before a line, and after the label of a field in a table or a list. */
const dressBefore = new RegExp(`^${dress}`, "u")
const dressAfter = /[*_`"'|,;]|&#?\w/

const tab = 9
const colon = 58
const lowerCase = 32

interface OpenPiece {
  kind: "report" | "stray"
  isBlank: boolean
  readonly line: number
  readonly lines: string[]
  length: number
  /** How much of it reaches to the end of its last field. */
  fieldsEnd: number
  /** What the run's first lines say, by label. */
  readonly starts: Map<string, string>
  /** Whether its fields have blank lines between them. */
  isSpacedOut: boolean
  isAfterBlank: boolean
}

/**
 * Cuts a file into battle reports while it is read. A report starts with a line that begins with
 * `Battle Report`, whatever dress is around it; in the middle of a line where the game's own beginning
 * is (`Battle Report Battle Date`), as when the line breaks between reports are lost too; and, in
 * texts without headings, where another run's `Battle Date` or `Game Time` follows. Nothing is lost
 * or altered.
 */
export class ReportSplitter {
  #rest = ""
  #lineNumber = 1
  #open: OpenPiece | null = null
  readonly #pieces: FilePiece[] = []

  /** Takes the next part of the file, cut anywhere, and returns the pieces that are complete. */
  push(chunk: string): readonly FilePiece[] {
    const text = this.#rest + chunk
    let start = 0
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      this.#addLine(text.slice(start, end + 1))
      start = end + 1
    }
    this.#rest = text.slice(start)
    if (this.#rest.length > longestReport) this.#addLongRest()
    return this.#pieces.splice(0)
  }

  /** Returns the pieces that the end of the file completes. */
  finish(): readonly FilePiece[] {
    if (this.#rest !== "") this.#addLine(this.#rest)
    this.#rest = ""
    this.#close()
    return this.#pieces.splice(0)
  }

  /** A line without an end: whole reports in it are given out, the last one waits for its rest. */
  #addLongRest(): void {
    const ended = this.#rest.lastIndexOf("\r", this.#rest.length - 2) + 1
    if (ended > 0) {
      this.#addLine(this.#rest.slice(0, ended))
      this.#rest = this.#rest.slice(ended)
      return
    }
    const parts = partsOf(this.#rest)
    this.#rest = parts.length > 1 ? (parts.at(-1) ?? "") : ""
    for (const part of parts.length > 1 ? parts.slice(0, -1) : parts) this.#addPart(part)
  }

  #addLine(text: string): void {
    // A carriage return alone ends lines on very old systems.
    const lines = text.includes("\r") ? text.split(/(?<=\r)(?!\n)/) : [text]
    for (const line of lines) {
      for (const part of line.length > longestPlainLine ? partsOf(line) : [line])
        this.#addPart(part)
      if (line.endsWith("\n") || line.endsWith("\r")) this.#lineNumber++
    }
  }

  #addPart(part: string): void {
    const start = skipSpaces(part, 0, part.length)
    if (start < part.length && this.#startsReport(part, start)) this.#begin("report")
    this.#open ??= this.#begin("stray")
    const open = this.#open
    open.lines.push(part)
    open.length += part.length
    open.isBlank &&= start === part.length
    if (start === part.length) open.isAfterBlank = true
    else if (isField(part, start, open)) {
      open.isSpacedOut ||= open.isAfterBlank && open.fieldsEnd > 0
      open.isAfterBlank = false
      open.fieldsEnd = open.length
    }
    if (open.length > longestReport) this.#close()
  }

  #startsReport(part: string, start: number): boolean {
    const code = part.charCodeAt(start) | lowerCase
    const isLetter = code >= 97 && code <= 122
    if (code === 98 && headingEnd(part, start) >= 0) return true
    if ((!isLetter || code === 98 || code === 101) && dressedHeading.test(part)) return true
    if (mayBeForeign(part, start) && languageOfHeading(part) !== null) return true
    return (!isLetter || code === 98 || code === 103) && this.#startsOtherRun(part)
  }

  /** Whether a line with the date or the game time of a run is not one of the run we are in. */
  #startsOtherRun(part: string): boolean {
    const [, label = "", value = ""] = startLabel.exec(part) ?? []
    if (label === "") return false
    const name = label.toLowerCase().slice(0, 4)
    const open = this.#open
    const said = value.trim()
    if (open?.kind !== "report") {
      this.#begin("report").starts.set(name, said)
      return false
    }
    const before = open.starts.get(name)
    if (before !== undefined && before !== said) {
      this.#begin("report").starts.set(name, said)
      return false
    }
    open.starts.set(name, said)
    return false
  }

  #begin(kind: OpenPiece["kind"]): OpenPiece {
    // Blanks before a report are part of it.
    if (kind === "report" && this.#open?.kind === "stray" && this.#open.isBlank) {
      this.#open.kind = "report"
      return this.#open
    }
    this.#close()
    const open: OpenPiece = {
      kind,
      isBlank: true,
      line: this.#lineNumber,
      lines: [],
      length: 0,
      fieldsEnd: 0,
      starts: new Map(),
      isSpacedOut: false,
      isAfterBlank: false,
    }
    this.#open = open
    return open
  }

  #close(): void {
    const open = this.#open
    this.#open = null
    if (open === null || open.length === 0) return
    const text = open.lines.join("")
    const { line } = open
    if (open.kind === "stray") {
      this.#pieces.push({ kind: open.fieldsEnd > 0 ? "orphaned" : "note", text, line })
      return
    }
    const after = text.slice(open.fieldsEnd)
    const hasNote = open.fieldsEnd > 0 && skipSpaces(after, 0, after.length) < after.length
    const report = hasNote ? text.slice(0, open.fieldsEnd) : text
    this.#pieces.push({ kind: "report", text: report, line })
    if (!hasNote) return
    const lines = report.split("\n").length - 1
    this.#pieces.push({ kind: "note", text: after, line: line + lines })
  }
}

/** A line cut where the game's own beginning of a report is. */
function partsOf(line: string): readonly string[] {
  const start = skipSpaces(line, 0, line.length)
  const cuts = [...line.matchAll(beginning)].map(({ index }) => index).filter((at) => at > start)
  return [0, ...cuts].map((cut, index) => line.slice(cut, cuts[index]))
}

/** Whether a line says something of a run: in a report more likely than outside of one. */
function isField(part: string, start: number, open: OpenPiece): boolean {
  const isDoubtful = open.kind === "stray" || (open.isAfterBlank && !open.isSpacedOut)
  let hasDigit = false
  for (let at = start; at < part.length; at++) {
    const code = part.charCodeAt(at)
    if (code === tab && open.kind === "report") return true
    hasDigit ||= isDigit(code)
  }
  if (hasDigit && !isDoubtful) return true
  const name = nameOf(part)
  if (open.kind === "stray") return hasDigit && name !== undefined && name.shape !== null
  return name !== undefined
}

/** The known name that a line begins with, up to its value or all of it, whatever dress is on it. */
function nameOf(part: string): KnownName | undefined {
  const start = dressBefore.exec(part)?.[0].length ?? 0
  let end = start
  while (end < part.length && !endsName(part.charCodeAt(end))) end++
  const after = dressAfter.exec(part.slice(start, end))
  if (after !== null) end = start + after.index
  while (end > start && isSpace(part.charCodeAt(end - 1))) end--
  return nameIn(part, start, end)?.value
}

function endsName(code: number): boolean {
  return code === tab || code === colon || isDigit(code)
}

/** Cuts a whole text into battle reports and what is around them; see `ReportSplitter`. */
export function splitReports(text: string): readonly FilePiece[] {
  const splitter = new ReportSplitter()
  return [...splitter.push(text), ...splitter.finish()]
}
