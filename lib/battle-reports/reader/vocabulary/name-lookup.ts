import { collapseSpaces } from "../characters.ts"
import { canonicalName, type KnownName, knownNames } from "./known-names.ts"
import {
  classicSections,
  generalLines,
  openingLines,
  reportHeading,
  sectionedSections,
} from "./labels.ts"
import { type Spelling, SpellingTable } from "./spelling-table.ts"

/** A node of the tree of known names, one level per word. */
export interface NameNode {
  readonly next: ReadonlyMap<string, NameNode>
  readonly name: KnownName | null
}

interface NodeDraft {
  readonly next: Map<string, NodeDraft>
  name: KnownName | null
}

/** The root of the tree of all known names. */
export const nameTree: NameNode = growTree()

const names = [...knownNames.keys()]
const longestName = longestOf(names)
const longestWord = longestOf(names.flatMap((name) => name.split(" ")))

/** Every label and section as the tables spell them. */
export const spelledNames: readonly string[] = spelledTexts()

const nameSpellings = new SpellingTable(spelledNames.flatMap(nameSpelling))
const wordSpellings = new SpellingTable(
  [...new Set(spelledNames.flatMap((text) => text.split(" ")))].map((text) => ({
    text,
    value: text.toLowerCase(),
  })),
)

/** The known name a text is, whatever its case; blanks must be single spaces. */
export function knownName(text: string): KnownName | undefined {
  return text.length > longestName ? undefined : knownNames.get(text.toLowerCase())
}

/**
 * The known name that is in a text from `start` up to `end`, as written. A spelling of the
 * tables is found at once, another case or spacing by a conversion; longer texts are no names.
 */
export function nameIn(text: string, start: number, end: number): Spelling<KnownName> | undefined {
  const spelling = nameSpellings.find(text, start, end)
  if (spelling !== undefined || end - start > longestName) return spelling
  const written = collapseSpaces(text.slice(start, end))
  const value = knownName(written)
  return value === undefined ? undefined : { text: written, value }
}

/** The word that is in a text from `start` up to `end`, in lower case, if a name may have it. */
export function wordIn(text: string, start: number, end: number): string | undefined {
  const spelling = wordSpellings.find(text, start, end)
  if (spelling !== undefined) return spelling.value
  return end - start > longestWord ? undefined : text.slice(start, end).toLowerCase()
}

function spelledTexts(): readonly string[] {
  const sections = [...classicSections, ...sectionedSections]
  const texts = new Set([
    reportHeading,
    ...[...generalLines, ...openingLines].map(({ label }) => label),
    ...sections.flatMap(({ section, lines }) => [section, ...lines.map(({ label }) => label)]),
  ])
  return [...texts]
}

function nameSpelling(text: string): readonly Spelling<KnownName>[] {
  const value = knownNames.get(canonicalName(text))
  return value === undefined ? [] : [{ text, value }]
}

function growTree(): NameNode {
  const root: NodeDraft = { next: new Map(), name: null }
  for (const name of knownNames.values()) {
    let node = root
    for (const word of name.name.split(" ")) {
      const child = node.next.get(word) ?? { next: new Map(), name: null }
      node.next.set(word, child)
      node = child
    }
    node.name = name
  }
  return root
}

function longestOf(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => text.length))
}
