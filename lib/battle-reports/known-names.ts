import { collapseSpaces } from "./characters.ts"
import {
  classicSections,
  type FactLine,
  generalLines,
  isQuantityLine,
  type KnownLine,
  type KnownSection,
  type QuantityLine,
  reportHeading,
  sectionedSections,
  writingOfUnit,
} from "./labels.ts"
import { sectionSlug, slug } from "./metric-key.ts"
import type { QuantityKind } from "./quantity.ts"
import { type Spelling, SpellingTable } from "./spelling-table.ts"
import type { ValueShape } from "./value-shape.ts"

/** Which of the game's layouts a report is in; see the tables of labels. */
export type Layout = "classic" | "sectioned"

/** What a label means in its place. */
export type Meaning = FactMeaning | QuantityMeaning

export interface FactMeaning {
  readonly kind: "fact"
  readonly line: FactLine
}

export interface QuantityMeaning {
  readonly kind: "quantity"
  readonly line: QuantityLine
  /** How the quantity may be written apart from a bare number. */
  readonly writing: QuantityKind
  /** `null` for a quantity that is a progress field only. */
  readonly metricKey: string | null
}

/** The label's meaning wherever it stands, or under one section only. */
export interface GeneralMeaning {
  readonly meaning: Meaning
  readonly onlyUnder: string | null
}

/** A sequence of words the tables know as a label, as a section, or as both (`Total Enemies`). */
export interface KnownName {
  /** Lower case, words joined with single spaces. */
  readonly name: string
  readonly wordCount: number
  readonly isHeading: boolean
  /** The layouts that have a section of this name; empty if it is a label only. */
  readonly sectionOf: ReadonlySet<Layout>
  /** `null` if the name is no label. */
  readonly shape: ValueShape | null
  readonly general: GeneralMeaning | null
  /** The label's meaning under each section of the sectioned layout. */
  readonly bySection: ReadonlyMap<string, Meaning>
  /** The sections, of either layout, that list the label. */
  readonly homes: ReadonlySet<string>
}

/** A node of the tree of known names, one level per word. */
export interface NameNode {
  readonly next: ReadonlyMap<string, NameNode>
  readonly name: KnownName | null
}

type Writable<A> = { -readonly [K in keyof A]: A[K] }

interface NameDraft extends Writable<Omit<KnownName, "sectionOf" | "bySection" | "homes">> {
  readonly sectionOf: Set<Layout>
  readonly bySection: Map<string, Meaning>
  readonly homes: Set<string>
}

interface NodeDraft {
  readonly next: Map<string, NodeDraft>
  name: KnownName | null
}

const namesByCanonical = buildNames()
const spelledTexts = collectSpellings()
const spellings = buildSpellings(namesByCanonical)
const wordSpellings = buildWordSpellings()

/** The root of the tree of all known names. */
export const nameTree: NameNode = buildTree(namesByCanonical)

const longestName = longestOf(namesByCanonical.keys())
const longestWord = longestOf([...namesByCanonical.keys()].flatMap((name) => name.split(" ")))

/** The known name a text is, whatever its case; blanks must be single spaces. */
export function knownName(text: string): KnownName | undefined {
  return text.length > longestName ? undefined : namesByCanonical.get(text.toLowerCase())
}

/**
 * The known name that stands in a text from `start` up to `end`, as written. A spelling of the
 * tables is found at once; other cases and blanks cost a conversion, longer texts are no names.
 */
export function nameIn(text: string, start: number, end: number): Spelling<KnownName> | undefined {
  const spelling = spellings.find(text, start, end)
  if (spelling !== undefined || end - start > longestName) return spelling
  const written = collapseSpaces(text.slice(start, end))
  const value = knownName(written)
  return value === undefined ? undefined : { text: written, value }
}

/** The word of a known name that stands in a text from `start` up to `end`, in lower case. */
export function wordIn(text: string, start: number, end: number): string | undefined {
  const spelling = wordSpellings.find(text, start, end)
  if (spelling !== undefined) return spelling.value
  return end - start > longestWord ? undefined : text.slice(start, end).toLowerCase()
}

function canonical(text: string): string {
  return collapseSpaces(text).toLowerCase()
}

function buildNames(): ReadonlyMap<string, KnownName> {
  const names = new Map<string, NameDraft>()
  const draft = (text: string): NameDraft => {
    const name = canonical(text)
    const known = names.get(name)
    if (known !== undefined) return known
    const added: NameDraft = {
      name,
      wordCount: name.split(" ").length,
      isHeading: false,
      sectionOf: new Set(),
      shape: null,
      general: null,
      bySection: new Map(),
      homes: new Set(),
    }
    names.set(name, added)
    return added
  }

  draft(reportHeading).isHeading = true
  for (const line of generalLines) {
    const name = draft(line.label)
    name.shape = shapeOf(line)
    name.general = { meaning: meaningOf(line, slug(line.label)), onlyUnder: null }
  }
  for (const section of classicSections) {
    for (const [name, line] of draftSection(section, "classic")) {
      const onlyUnder = section.labelsNeedSection ? canonical(section.section) : null
      name.general ??= { meaning: meaningOf(line, slug(line.label)), onlyUnder }
    }
  }
  for (const section of sectionedSections) {
    for (const [name, line] of draftSection(section, "sectioned")) {
      const key = sectionSlug(section.section, line.label)
      name.bySection.set(canonical(section.section), meaningOf(line, key))
    }
  }
  return names

  function draftSection(
    section: KnownSection,
    layout: Layout,
  ): readonly (readonly [NameDraft, KnownLine])[] {
    draft(section.section).sectionOf.add(layout)
    return section.lines.map((line) => {
      const name = draft(line.label)
      name.shape ??= shapeOf(line)
      name.homes.add(canonical(section.section))
      return [name, line]
    })
  }
}

function shapeOf(line: KnownLine): ValueShape {
  switch (line.unit) {
    case "date":
    case "duration":
      return line.unit
    case "enemy":
      return "word"
    case "bots":
    case "weapons":
      return "list"
    default:
      return "number"
  }
}

function meaningOf(line: KnownLine, defaultKey: string): Meaning {
  if (!isQuantityLine(line)) return { kind: "fact", line }
  const metricKey = line.key ?? (line.progress === undefined ? defaultKey : null)
  return { kind: "quantity", line, writing: writingOfUnit[line.unit], metricKey }
}

/** Every label and section as the tables spell them. */
function collectSpellings(): ReadonlySet<string> {
  const sections = [...classicSections, ...sectionedSections]
  return new Set([
    reportHeading,
    ...generalLines.map(({ label }) => label),
    ...sections.flatMap(({ section, lines }) => [section, ...lines.map(({ label }) => label)]),
  ])
}

function buildSpellings(names: ReadonlyMap<string, KnownName>): SpellingTable<KnownName> {
  return new SpellingTable(
    [...spelledTexts].flatMap((text) => {
      const value = names.get(canonical(text))
      return value === undefined ? [] : [{ text, value }]
    }),
  )
}

function buildWordSpellings(): SpellingTable<string> {
  const words = new Set([...spelledTexts].flatMap((text) => text.split(" ")))
  return new SpellingTable([...words].map((text) => ({ text, value: text.toLowerCase() })))
}

function longestOf(texts: Iterable<string>): number {
  return Math.max(...[...texts].map((text) => text.length))
}

function buildTree(names: ReadonlyMap<string, KnownName>): NameNode {
  const root: NodeDraft = { next: new Map(), name: null }
  for (const name of names.values()) {
    let node = root
    for (const word of name.name.split(" ")) {
      let child = node.next.get(word)
      if (child === undefined) {
        child = { next: new Map(), name: null }
        node.next.set(word, child)
      }
      node = child
    }
    node.name = name
  }
  return root
}
