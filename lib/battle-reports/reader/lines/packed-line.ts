import type { KnownName } from "../vocabulary/known-names.ts"
import { canonicalName } from "../vocabulary/known-names.ts"
import { enemySection } from "../vocabulary/labels.ts"
import { knownName } from "../vocabulary/name-lookup.ts"
import type { ValueShape } from "../vocabulary/value-shape.ts"
import type { LineCollector } from "./line-collector.ts"
import { type LineWords, longestLabel } from "./line-words.ts"

/** A player's own remark may well name a tier and a wave, but not this many fields. */
const fieldsBeyondProse = 5

/** Words in the longest readable date (`4-р сар 07, 2026 21:59 +02:00`) and duration. */
const longestValue = { date: 6, duration: 4 }

/** Fields to look ahead for one that tells whose labels follow. */
const furthestField = 3

/** Labels begin with a capital and a small letter: what else follows a date is still of it. */
const noLabel = /^(?!\p{Lu}\p{Ll})/u
/** After other values a label may be in capitals too (`HP`, `UWs`), but is no single letter or abbreviation. */
const noWordOfLabel = /^(?:[^\p{Lu}\p{Lo}\d]|\p{L}$|\p{L}+\.$)/u

const enemies = canonicalName(enemySection)

/**
 * Reads a line that holds many fields, as a report does whose line breaks are lost. The known names
 * separate the fields; unknown words up to a number, a tab, a colon or a run of blanks are an
 * unknown label with its value, whatever known names are among them.
 */
export function readPackedLine(line: LineWords, collector: LineCollector): void {
  new PackedLine(line, collector).read()
}

/** Whether the line is packed: fields of several known labels start in it. */
export function holdsManyFields(line: LineWords, collector: LineCollector): boolean {
  return new PackedLine(line, collector).holdsManyFields()
}

/** Whether the tables list a label in a section. */
function sectionLists(section: KnownName, label: KnownName | null): boolean {
  return label?.listedIn.has(section.name) === true
}

/**
 * One pass over the words of a packed line, from left to right. The collector knows the section that
 * the pass has come to; looking ahead never changes anything. Positions are indexes of words.
 */
class PackedLine {
  readonly #line: LineWords
  readonly #collector: LineCollector

  constructor(line: LineWords, collector: LineCollector) {
    this.#line = line
    this.#collector = collector
  }

  read(): void {
    let at = 0
    while (at < this.#line.length) at = this.#readNext(at)
  }

  holdsManyFields(): boolean {
    const needed = this.#line.nameAt(0) === null ? fieldsBeyondProse : 2
    let fields = 0
    let at = 0
    while (at < this.#line.length) {
      const name = this.#line.nameAt(at)
      if (name?.shape && this.#startsValue(name.shape, at + name.wordCount)) {
        fields++
        if (fields === needed) return true
        const end = at + name.wordCount
        at = Math.max(this.#valueEnd(name.shape, end), end)
      } else at++
    }
    return false
  }

  /** Reads what starts at a word and returns where the next thing starts. */
  #readNext(at: number): number {
    const line = this.#line
    const name = this.#nameInPlace(at)
    if (name === null) return this.#readUnknown(at, at + 1)
    const end = at + name.wordCount
    const isSection = this.#opensSection(name, end)
    if (name.shape !== null && !(isSection && line.gapAfter(end - 1) === "space")) {
      const after = this.#valueEnd(name.shape, end)
      if (after > end) {
        this.#collector.addField(line.textOf(at, end), line.textOf(end, after), name)
        return after
      }
    }
    if (name.isHeading || end === line.length || isSection || this.#isEmpty(name, end)) {
      this.#collector.addName(line.textOf(at, end), name)
      return end
    }
    return this.#readUnknown(at, end)
  }

  /** Reads an unknown label that starts at `at` and reaches at least to `from`. */
  #readUnknown(at: number, from: number): number {
    const line = this.#line
    const isSetOff = line.isSetOff(at)
    let end = from
    while (end < line.length && line.gapAfter(end - 1) === "space" && !line.isNumber(end)) {
      if (this.#interrupts(end, isSetOff)) break
      end++
    }
    const label = line.textOf(at, end)
    const isCutShort = line.gapAfter(end - 1) === "space" && !line.isNumber(end)
    if (end === line.length || isCutShort || this.#startsField(end)) {
      this.#collector.addText(label)
      return end
    }
    const after = line.isNumber(end) ? this.#numericEnd(end) : this.#nextField(end)
    this.#collector.addField(label, line.textOf(end, after), knownName(label) ?? null)
    return after
  }

  /**
   * Whether a label without a value is one left empty, and not the beginning of an unknown label:
   * a section follows, or the game's next label, or an unknown label after the name of no enemy.
   * Where no blanks set values off, a label of the run itself may be followed by any other.
   */
  #isEmpty(name: KnownName, end: number): boolean {
    const line = this.#line
    const isSetOff = line.isSetOff(end)
    if (name.shape === "word" && isSetOff) return true
    if (name.shape === null || !this.#startsField(end)) return false
    if (name.sectionOf.size > 0 && !this.#collector.currentSectionLists(name)) return false
    const isNumeric = name.shape === "number" || name.shape === "duration"
    if (!isNumeric || line.gapAfter(end - 1) !== "space") return true
    const next = line.nameAt(end)
    return (
      next !== null &&
      (name.followers.has(next.name) ||
        (!isSetOff && name.isGeneral && next.isGeneral) ||
        this.#opensSection(next, end + next.wordCount))
    )
  }

  /**
   * Whether a known name ends the unknown words before it. One with a number may as well be the end
   * of an unknown label (`Highest Wave`), and where the value is set off, so may one with a text.
   */
  #interrupts(at: number, isSetOff: boolean): boolean {
    const name = this.#line.nameAt(at)
    if (name === null) return false
    switch (name.shape) {
      case "date":
        return true
      case "word":
      case "list":
        if (!isSetOff) return true
    }
    return name.isHeading || this.#isHeadedBy(name, at + name.wordCount)
  }

  // Where values end.

  /** Whether a known label with its value, or a section with a label of its own, starts here. */
  #startsField(at: number): boolean {
    const name = this.#line.nameAt(at)
    if (name === null) return false
    const end = at + name.wordCount
    if (name.shape !== null && this.#startsValue(name.shape, end)) return true
    return name.isHeading || sectionLists(name, this.#line.nameAt(end))
  }

  /** Whether a value of a shape may start here: a text with any word or none, a number with one. */
  #startsValue(shape: ValueShape, at: number): boolean {
    return (shape !== "number" && shape !== "duration") || this.#line.isNumber(at)
  }

  /** Where the value that starts at `from` ends; `from` itself if there is no value. */
  #valueEnd(shape: ValueShape, from: number): number {
    const line = this.#line
    switch (shape) {
      case "number":
        return this.#withRest(shape, from, this.#numbersEnd(from))
      case "duration":
        if (!line.isNumber(from)) return from
        return this.#withRest(
          shape,
          from,
          this.#readableEnd(shape, from) ?? this.#nextField(from + 1),
        )
      case "date":
        return this.#withRest(shape, from, this.#readableEnd(shape, from) ?? this.#nextField(from))
      case "word":
      case "list":
        return this.#textEnd(shape, from)
    }
  }

  /**
   * Text reaches to the next known field; one cannot begin right after a list's comma, so that the
   * `Golden Bot` of a list is not taken for a label that begins like it. A number in the text shows
   * that an unknown label came between: then a word is one word, and a list (whose entries may have
   * any number of words) is not taken. An enemy that the tables know is one word in any case, and
   * none has the label of a run in its name.
   * Other words that a blank sets off from a number only are a label after an empty value.
   */
  #textEnd(shape: "word" | "list", from: number): number {
    const line = this.#line
    if (shape === "word" && this.#isEnemy(from) && !this.#startsField(from))
      return line.annotationEnd(from + 1)
    let end = from
    const isEntry = () => shape === "list" && end > from && line.textOf(end - 1, end).endsWith(",")
    const isLabelOfRun = () => shape === "word" && line.nameAt(end)?.isGeneral === true
    while (end < line.length && !line.isNumber(end) && !isLabelOfRun()) {
      if (!isEntry() && this.#startsField(end)) break
      end = Math.max(line.annotationEnd(end), end + 1)
    }
    if (end === line.length || !line.isNumber(end)) return end
    const isLabel = line.gapAfter(from - 1) === "space" && line.isSetOff(from)
    return shape === "word" && !isLabel ? Math.min(from + 1, end) : from
  }

  /**
   * Where a value ends that reads as a whole up to `end`, but goes on with words that no label begins
   * with (`5 million`, `5 h 43 min`, `21:59 PM`): with them it cannot be read, without them it would be
   * another one.
   */
  #withRest(shape: "number" | "duration" | "date", from: number, end: number): number {
    const line = this.#line
    if (end === from || end === line.length || line.nameAt(end) !== null) return end
    const rest = line.textOf(end, end + 1)
    const isBareNumber = shape === "duration" && /^\d+$/.test(line.textOf(from, end))
    if (!isBareNumber && !(shape === "date" ? noLabel : noWordOfLabel).test(rest)) return end
    const after = this.#nextField(end)
    return after === line.length ? end : after
  }

  #isEnemy(at: number): boolean {
    return knownName(this.#line.textOf(at, at + 1))?.listedIn.has(enemies) === true
  }

  /** Where the next known field starts; the end of the line if none does. */
  #nextField(from: number): number {
    let at = from
    while (at < this.#line.length && !this.#startsField(at)) at++
    return at
  }

  /** Where the number, duration or date that starts at `from` ends. */
  #numericEnd(from: number): number {
    return (
      this.#readableEnd("duration", from) ??
      this.#readableEnd("date", from) ??
      this.#numbersEnd(from)
    )
  }

  /** Where a run of numbers ends. Labels do not begin with a number: together they are one value. */
  #numbersEnd(from: number): number {
    let end = from
    while (this.#line.isNumber(end)) end++
    return end
  }

  /** Where the longest readable value ends; null if there is none, or if it goes on with a number. */
  #readableEnd(shape: "date" | "duration", from: number): number | null {
    for (let end = Math.min(from + longestValue[shape], this.#line.length); end > from; end--) {
      if (this.#line.isWholeValue(shape, from, end)) return this.#line.isNumber(end) ? null : end
    }
    return null
  }

  // Where sections start.

  /**
   * The longest known name, unless it hides a section of this layout followed by its label: `Enemies
   * Hit By Orbs` is a classic label, `Guardian Coins Stolen` one of the guardian's own.
   */
  #nameInPlace(at: number): KnownName | null {
    const line = this.#line
    const name = line.nameAt(at)
    if (name === null || this.#collector.currentSectionLists(name)) return name
    const section = line.shorterNameAt(at, name.wordCount)
    if (!section?.sectionOf.has(this.#collector.layout)) return name
    const label = line.nameAt(at + section.wordCount)
    const sameWords = label?.wordCount === name.wordCount - section.wordCount
    return sameWords && sectionLists(section, label) ? section : name
  }

  /**
   * Whether a name, up to `end`, opens a section and does not begin an unknown label: a field that
   * it lists follows, and after that not only labels of the current section; or, where another field
   * follows, the labels after that are its own.
   */
  #opensSection(name: KnownName, end: number): boolean {
    const line = this.#line
    if (name.sectionOf.size === 0 || line.isNumber(end) || this.#collector.isIn(name)) return false
    const next = line.nameAt(end)
    if (next === null) return this.#isHeadedBy(name, end)
    const nextEnd = end + next.wordCount
    if (next.isHeading || this.#isHeadedBy(next, nextEnd)) return true
    if (!sectionLists(name, next) || !line.isNumber(nextEnd)) return this.#isHeadedBy(name, end)
    const labels = this.#labelsAfter(end)
    const expects = (label: KnownName) => this.#collector.expects(label)
    return (
      labels.some((label) => sectionLists(name, label) && !expects(label)) ||
      !labels.some((label) => !sectionLists(name, label) && expects(label))
    )
  }

  /** Whether the first label after the next field is a section's own, and not the current one's. */
  #isHeadedBy(name: KnownName, end: number): boolean {
    if (name.sectionOf.size === 0 || this.#collector.isIn(name)) return false
    const [label] = this.#labelsAfter(end)
    return label !== undefined && sectionLists(name, label) && !this.#collector.expects(label)
  }

  /** The known labels with a number that start the fields after the one that starts at a word. */
  #labelsAfter(at: number): readonly KnownName[] {
    const line = this.#line
    const labels: KnownName[] = []
    let from = at
    for (let fields = 0; fields < furthestField; fields++) {
      const value = this.#firstNumber(from)
      if (value === null) break
      from = value + 1
      while (line.isNumber(from)) from++
      const name = this.#nameInPlace(from)
      if (name === null) continue
      const end = from + name.wordCount
      if (name.shape !== null && line.isNumber(end)) labels.push(name)
      else if (this.#startsListed(name, end)) break
    }
    return labels
  }

  /** Whether a name, up to `end`, is a section's with a field of that section after it. */
  #startsListed(name: KnownName, end: number): boolean {
    const next = this.#line.nameAt(end)
    return next !== null && sectionLists(name, next) && this.#line.isNumber(end + next.wordCount)
  }

  #firstNumber(from: number): number | null {
    for (let at = from; at < from + longestLabel; at++) {
      if (this.#line.isNumber(at)) return at
    }
    return null
  }
}
