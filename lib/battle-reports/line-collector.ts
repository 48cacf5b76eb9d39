import type { KnownName, Layout } from "./known-names.ts"

/** One line of a report; texts are as written, with runs of blanks as one space. */
export interface ReportLine {
  /** The section the line stands in, `null` before the first one. */
  readonly section: string | null
  readonly label: string
  /** `null` where the report leaves the value empty. */
  readonly value: string | null
  /** What the tables know under this label, `null` for a label they do not have. */
  readonly name: KnownName | null
}

/**
 * Gathers a report's lines in order and keeps track of the section they stand in.
 *
 * Words without a value that the tables do not know are a section if a field follows them, else a
 * label without a value: either way they are kept.
 */
export class LineCollector {
  readonly lines: ReportLine[] = []
  layout: Layout = "classic"
  _section: string | null = null
  _sectionName: KnownName | null = null
  _unplaced: string | null = null
  readonly _opened = new Set<KnownName>()

  addField(label: string, value: string | null, name: KnownName | null): void {
    if (this._unplaced !== null) {
      this._section = this._unplaced
      this._sectionName = null
      this._unplaced = null
    }
    this.lines.push({ section: this._section, label, value, name })
  }

  /** Words the tables know, without a value: a section, or a label left empty. */
  addName(text: string, name: KnownName): void {
    this._placeAsLabel()
    if (name.sectionOf.size === 0 || this.listsHere(name)) {
      this.addField(text, null, name)
      return
    }
    this._section = text
    this._sectionName = name
    this._opened.add(name)
    if (!name.sectionOf.has("classic")) this.layout = "sectioned"
  }

  /** Words the tables do not know, without a value. */
  addText(text: string): void {
    this._placeAsLabel()
    this._unplaced = text
  }

  /** A report starts over: what follows stands in no section. */
  leaveSection(): void {
    this._placeAsLabel()
    this._section = null
    this._sectionName = null
    this._opened.clear()
  }

  finish(): void {
    this._placeAsLabel()
  }

  /** Whether the tables list the label in the section we are in. */
  listsHere(name: KnownName): boolean {
    return this._sectionName !== null && name.homes.has(this._sectionName.name)
  }

  hasOpened(name: KnownName): boolean {
    return this._opened.has(name)
  }

  _placeAsLabel(): void {
    if (this._unplaced === null) return
    const label = this._unplaced
    this._unplaced = null
    this.addField(label, null, null)
  }
}
