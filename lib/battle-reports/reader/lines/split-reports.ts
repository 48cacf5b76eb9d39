import { hasLettersAt, isDigit, isSpace, skipSpaces } from "../characters.ts"
import type { KnownName } from "../vocabulary/known-names.ts"
import { languageOfHeading, mayBeForeign } from "../vocabulary/languages.ts"
import { nameIn } from "../vocabulary/name-lookup.ts"
import { headingEnd } from "./lines.ts"

/**
 * A piece of a file: a report, or what is none. Joined, the pieces are the file's text. A note is
 * anything that players write before, between and after reports. What is orphaned has fields of a
 * report and belongs to none. `line`, from 1, is the line that a piece starts on.
 */
export type FilePiece =
  | { readonly kind: "report" | "orphaned"; readonly text: string; readonly line: number }
  | { readonly kind: "note"; readonly text: string }

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
const lineFeed = 10
const carriageReturn = 13
const colon = 58
const lowerCase = 32

interface OpenPiece {
  kind: "report" | "stray"
  isBlank: boolean
  readonly line: number
  /** What of it was in earlier parts of the file. */
  readonly texts: string[]
  /** Where it goes on in this part. */
  from: number
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
      this.#addLine(text, start, end + 1)
      start = end + 1
    }
    if (text.length - start > longestReport) start = this.#addLongRest(text, start)
    this.#leave(text, start)
    this.#rest = text.slice(start)
    return this.#pieces.splice(0)
  }

  /** Returns the pieces that the end of the file completes. */
  finish(): readonly FilePiece[] {
    const text = this.#rest
    this.#rest = ""
    if (text !== "") this.#addLine(text, 0, text.length)
    this.#close(text, text.length)
    return this.#pieces.splice(0)
  }

  /** Keeps what of the open piece is before `end`: the next part of the file starts there. */
  #leave(text: string, end: number): void {
    if (this.#open === null) return
    if (this.#open.from < end) this.#open.texts.push(text.slice(this.#open.from, end))
    this.#open.from = 0
  }

  /**
   * A line without an end: whole reports in it are given out, the last one waits for its rest. Returns
   * where that is.
   */
  #addLongRest(text: string, start: number): number {
    const ended = text.lastIndexOf("\r", text.length - 2) + 1
    if (ended > start) {
      this.#addLine(text, start, ended)
      return ended
    }
    const cuts = cutsIn(text, start, text.length)
    let from = start
    for (const end of cuts.length > 0 ? cuts : [text.length]) {
      this.#addPart(text, from, end)
      from = end
    }
    return from
  }

  #addLine(text: string, start: number, end: number): void {
    let from = start
    // A carriage return alone ends lines on very old systems.
    for (let at = start; at < end - 1; at++) {
      if (text.charCodeAt(at) !== carriageReturn || text.charCodeAt(at + 1) === lineFeed) continue
      this.#addParts(text, from, at + 1)
      from = at + 1
    }
    this.#addParts(text, from, end)
  }

  #addParts(text: string, start: number, end: number): void {
    let from = start
    if (end - start > longestPlainLine) {
      for (const cut of cutsIn(text, start, end)) {
        this.#addPart(text, from, cut)
        from = cut
      }
    }
    this.#addPart(text, from, end)
    if (endsLine(text.charCodeAt(end - 1))) this.#lineNumber++
  }

  #addPart(text: string, from: number, to: number): void {
    const start = skipSpaces(text, from, to)
    if (start < to) this.#lookForStart(text, from, start, to)
    this.#open ??= this.#begin("stray", text, from)
    const open = this.#open
    open.length += to - from
    open.isBlank &&= start === to
    if (start === to) open.isAfterBlank = true
    else if (isField(text, start, to, open)) {
      open.isSpacedOut ||= open.isAfterBlank && open.fieldsEnd > 0
      open.isAfterBlank = false
      open.fieldsEnd = open.length
    }
    if (open.length > longestReport) this.#close(text, to)
  }

  /** Begins a report with a part that starts one. Most are told by their first letter that they do not. */
  #lookForStart(text: string, from: number, start: number, to: number): void {
    const code = text.charCodeAt(start) | lowerCase
    const isLetter = code >= 97 && code <= 122
    const mayBegin = !isLetter || beginsRun(text, start, code)
    if (!mayBegin && !mayBeForeign(text, start)) return
    const part = text.slice(from, to)
    if (startsReport(part, start - from)) this.#begin("report", text, from)
    else if (mayBegin) this.#lookForOtherRun(part, text, from)
  }

  /** Begins a report with the date or the game time of a run, unless it is the run we are in. */
  #lookForOtherRun(part: string, text: string, from: number): void {
    const [, label = "", value = ""] = startLabel.exec(part) ?? []
    if (label === "") return
    const name = label.toLowerCase().slice(0, 4)
    const said = value.trim()
    const before = this.#open?.starts.get(name)
    const isOther = this.#open?.kind !== "report" || (before !== undefined && before !== said)
    const run = isOther ? this.#begin("report", text, from) : this.#open
    run?.starts.set(name, said)
  }

  #begin(kind: OpenPiece["kind"], text: string, from: number): OpenPiece {
    // Blanks before a report are part of it.
    if (kind === "report" && this.#open?.kind === "stray" && this.#open.isBlank) {
      this.#open.kind = "report"
      return this.#open
    }
    this.#close(text, from)
    const open: OpenPiece = {
      kind,
      isBlank: true,
      line: this.#lineNumber,
      texts: [],
      from,
      length: 0,
      fieldsEnd: 0,
      starts: new Map(),
      isSpacedOut: false,
      isAfterBlank: false,
    }
    this.#open = open
    return open
  }

  #close(part: string, end: number): void {
    this.#leave(part, end)
    const open = this.#open
    this.#open = null
    if (open === null || open.length === 0) return
    const text = open.texts.join("")
    const { line } = open
    if (open.kind === "stray") {
      this.#pieces.push(
        open.fieldsEnd > 0 ? { kind: "orphaned", text, line } : { kind: "note", text },
      )
      return
    }
    const after = text.slice(open.fieldsEnd)
    const hasNote = open.fieldsEnd > 0 && skipSpaces(after, 0, after.length) < after.length
    this.#pieces.push({
      kind: "report",
      text: hasNote ? text.slice(0, open.fieldsEnd) : text,
      line,
    })
    if (hasNote) this.#pieces.push({ kind: "note", text: after })
  }
}

/** Whether a line begins as the first two lines of a run do, or with the heading: with `letter`. */
function beginsRun(text: string, start: number, letter: number): boolean {
  switch (letter) {
    case 98:
      return hasLettersAt(text, start, "battle")
    case 101:
      return hasLettersAt(text, start, "ebattle")
    case 103:
      return hasLettersAt(text, start, "game")
    default:
      return false
  }
}

/** Whether a part of a line, whose first sign is at `start`, begins with the heading of a report. */
const startsReport = (part: string, start: number): boolean =>
  headingEnd(part, start) >= 0 ||
  dressedHeading.test(part) ||
  (mayBeForeign(part, start) && languageOfHeading(part) !== null)

const endsLine = (code: number): boolean => code === lineFeed || code === carriageReturn

/** Where a line is to be cut: where the game's own beginning of a report is. */
function cutsIn(text: string, start: number, end: number): readonly number[] {
  const line = text.slice(start, end)
  const first = skipSpaces(line, 0, line.length)
  return [...line.matchAll(beginning)]
    .map(({ index }) => index)
    .filter((at) => at > first)
    .map((at) => start + at)
}

/** Whether a line says something of a run: in a report more likely than outside of one. */
function isField(text: string, start: number, end: number, open: OpenPiece): boolean {
  const isDoubtful = open.kind === "stray" || (open.isAfterBlank && !open.isSpacedOut)
  let hasDigit = false
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === tab && open.kind === "report") return true
    hasDigit ||= isDigit(code)
  }
  if (hasDigit && !isDoubtful) return true
  const name = nameOf(text.slice(start, end))
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
