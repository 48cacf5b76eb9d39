import { type KnownName, knownNames, type Layout } from "../vocabulary/known-names.ts"
import { guardian } from "../vocabulary/labels.ts"

const guardianName = guardian.section.toLowerCase()
const guardianSection = knownNames.get(guardianName) ?? null
const guardianLabel = knownNames.get(guardian.firstLabel.toLowerCase())

/** One line of a report; texts are as written, with runs of blanks as one space. */
export interface ReportLine {
  /** The section the line is in, `null` before the first one. */
  readonly section: string | null
  readonly label: string
  /** `null` where the report leaves the value empty. */
  readonly value: string | null
  /** What the tables know under this label, `null` for a label they do not have. */
  readonly name: KnownName | null
}

/**
 * Gathers a report's lines in order and keeps track of the section they are in.
 *
 * Words without a value that the tables do not know are a section if a field follows them, else a
 * label without a value: either way they are kept.
 */
export class LineCollector {
  readonly lines: ReportLine[] = []
  layout: Layout = "classic"
  #section: string | null = null
  #sectionName: KnownName | null = null
  #unplaced: string | null = null
  #isPastFirstLines = false
  #isAfterSecondHeading = false
  #secondRun: ReportLine | null = null

  /** The first field after another heading of a report, where a second run begins. */
  get secondRun(): ReportLine | null {
    return this.#secondRun
  }

  addField(label: string, value: string | null, name: KnownName | null): void {
    if (this.#unplaced !== null) {
      this.#section = this.#unplaced
      this.#sectionName = null
      this.#unplaced = null
    }
    if (name !== null && this.#sectionName === null && isSectioned(name)) this.layout = "sectioned"
    if (name !== null && this.#beginsGuardian(name)) {
      this.#section = guardian.section
      this.#sectionName = guardianSection
    }
    this.#isPastFirstLines ||= name !== null && name.listedIn.size > 0
    const line: ReportLine = { section: this.#section, label, value, name }
    if (this.#isAfterSecondHeading && value !== null) this.#secondRun ??= line
    this.lines.push(line)
  }

  /**
   * Whether the guardian's labels begin here without their heading: at the first of them, or at any
   * where the report has no headings at all, as in summer 2025.
   */
  #beginsGuardian(name: KnownName): boolean {
    const mayBegin = name === guardianLabel || (this.#section === null && this.#isPastFirstLines)
    return (
      mayBegin &&
      this.layout === "classic" &&
      name.listedIn.has(guardianName) &&
      !this.currentSectionLists(name)
    )
  }

  /** Words the tables know, without a value: a section, a label left empty, or the heading. */
  addName(text: string, name: KnownName): void {
    this.#placeAsLabel()
    if (name.isHeading) this.#startOver()
    else if (name.sectionOf.size === 0 || this.currentSectionLists(name))
      this.addField(text, null, name)
    else {
      this.#section = text
      this.#sectionName = name
      if (!name.sectionOf.has("classic")) this.layout = "sectioned"
    }
  }

  /** Words the tables do not know, without a value. */
  addText(text: string): void {
    this.#placeAsLabel()
    this.#unplaced = text
  }

  /** To be called after the last line. */
  finish(): void {
    this.#placeAsLabel()
  }

  /** Whether the tables list the label in the section we are in. */
  currentSectionLists(name: KnownName): boolean {
    return this.#sectionName !== null && name.listedIn.has(this.#sectionName.name)
  }

  /** Whether the label has its place where we are: in the section, or before the first one. */
  expects(name: KnownName): boolean {
    return this.#section === null ? name.isGeneral : this.currentSectionLists(name)
  }

  /** Whether we are in the section of this name. */
  isIn(name: KnownName): boolean {
    return this.#sectionName === name
  }

  #startOver(): void {
    this.#isAfterSecondHeading = this.lines.some(({ value }) => value !== null)
    this.#section = null
    this.#sectionName = null
  }

  #placeAsLabel(): void {
    if (this.#unplaced === null) return
    const label = this.#unplaced
    this.#unplaced = null
    this.addField(label, null, null)
  }
}

/** Whether only the layout in sections has a label. */
const isSectioned = ({ general, bySection }: KnownName): boolean =>
  general === null && bySection.size > 0
