import { collapseSpaces } from "../characters.ts"
import type { KnownLine, KnownSection } from "./known-line.ts"
import { type Meaning, meaningOf } from "./known-line.ts"
import {
  classicSections,
  generalLines,
  openingLines,
  reportHeading,
  sectionedSections,
} from "./labels.ts"
import { sectionSlug, slug } from "./metric-key.ts"
import { shapeOfUnit, type ValueShape } from "./value-shape.ts"

/** Which of the game's layouts a report is in; see the tables of labels. */
export type Layout = "classic" | "sectioned"

/** A sequence of words the tables know as a label, as a section, or as both (`Total Enemies`). */
export interface KnownName {
  /** Lower case, words joined with single spaces. */
  readonly name: string
  readonly wordCount: number
  readonly isHeading: boolean
  /** Whether it is a label of the run itself, which comes before the first section. */
  readonly isGeneral: boolean
  /** The layouts that have a section of this name; empty if it is a label only. */
  readonly sectionOf: ReadonlySet<Layout>
  /** `null` if the name is no label. */
  readonly shape: ValueShape | null
  /** What the label means where no section says otherwise. */
  readonly general: GeneralMeaning | null
  /** What the label means under each section of the sectioned layout. */
  readonly bySection: ReadonlyMap<string, Meaning>
  /** The sections, of either layout, that list the label. */
  readonly listedIn: ReadonlySet<string>
  /** The labels that the game writes right after this one. */
  readonly followers: ReadonlySet<string>
}

/** The meaning of a label anywhere, before the first section only, or under one section only. */
export interface GeneralMeaning {
  readonly meaning: Meaning
  readonly isOpening: boolean
  readonly onlyUnder: string | null
}

interface NameDraft extends Pick<KnownName, "name" | "wordCount"> {
  isHeading: boolean
  isGeneral: boolean
  shape: ValueShape | null
  general: GeneralMeaning | null
  readonly sectionOf: Set<Layout>
  readonly bySection: Map<string, Meaning>
  readonly listedIn: Set<string>
  readonly followers: Set<string>
}

/** The names of the tables of labels, by name. */
export const knownNames: ReadonlyMap<string, KnownName> = collectNames()

/** The form in which names compare: lower case, single spaces. */
export function canonicalName(text: string): string {
  return collapseSpaces(text).toLowerCase()
}

function collectNames(): ReadonlyMap<string, KnownName> {
  const names = new Map<string, NameDraft>()
  draftName(names, reportHeading).isHeading = true
  for (const { lines } of [{ lines: generalLines }, ...classicSections, ...sectionedSections])
    draftFollowers(names, lines)
  for (const line of [...generalLines, ...openingLines]) {
    const label = draftLabel(names, line)
    label.isGeneral = true
    label.general = {
      meaning: meaningOf(line, slug(line.label)),
      isOpening: openingLines.includes(line),
      onlyUnder: null,
    }
  }
  for (const section of classicSections) {
    const { name, labels } = draftSection(names, section, "classic")
    for (const { label, line } of labels) {
      label.general ??= {
        meaning: meaningOf(line, slug(line.label)),
        isOpening: false,
        onlyUnder: section.labelsNeedSection ? name : null,
      }
    }
  }
  for (const section of sectionedSections) {
    const { name, labels } = draftSection(names, section, "sectioned")
    for (const { label, line } of labels) {
      label.bySection.set(name, meaningOf(line, sectionSlug(section.section, line.label)))
    }
  }
  return names
}

function draftSection(names: Map<string, NameDraft>, section: KnownSection, layout: Layout) {
  const { name, sectionOf } = draftName(names, section.section)
  sectionOf.add(layout)
  const labels = section.lines.map((line) => {
    const label = draftLabel(names, line)
    label.listedIn.add(name)
    return { label, line }
  })
  return { name, labels }
}

function draftFollowers(names: Map<string, NameDraft>, lines: readonly KnownLine[]): void {
  for (const [index, line] of lines.entries()) {
    const follower = lines[index + 1]
    if (follower !== undefined) {
      draftLabel(names, line).followers.add(canonicalName(follower.label))
    }
  }
}

function draftLabel(names: Map<string, NameDraft>, line: KnownLine): NameDraft {
  const draft = draftName(names, line.label)
  draft.shape = shapeOfUnit(line.unit)
  return draft
}

function draftName(names: Map<string, NameDraft>, text: string): NameDraft {
  const name = canonicalName(text)
  const draft = names.get(name) ?? {
    name,
    wordCount: name.split(" ").length,
    isHeading: false,
    isGeneral: false,
    sectionOf: new Set(),
    shape: null,
    general: null,
    bySection: new Map(),
    listedIn: new Set(),
    followers: new Set(),
  }
  names.set(name, draft)
  return draft
}
