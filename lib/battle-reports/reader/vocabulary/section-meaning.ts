import type { Meaning } from "./known-line.ts"
import type { KnownName, Layout } from "./known-names.ts"
import { knownName } from "./name-lookup.ts"

/** A section as a place where labels mean something. */
export interface SectionContext {
  readonly layout: Layout
  /** Whether no section has begun yet. */
  readonly isOpening: boolean
  /** The known section's name, `null` before the first section and for unknown ones. */
  readonly name: string | null
  /** Labels mean here what the section says, not what they mean elsewhere in the report. */
  readonly ownsLabels: boolean
}

/**
 * The context of a section in a report of a layout.
 *
 * @param section the section as written, `null` before the first one
 */
export function sectionContext(section: string | null, layout: Layout): SectionContext {
  if (section === null) return { layout, isOpening: true, name: null, ownsLabels: false }
  const known = knownName(section)
  const sectionOf = known?.sectionOf
  const isClassicOnly = sectionOf?.has("classic") === true && !sectionOf.has("sectioned")
  return {
    layout,
    isOpening: false,
    name: known?.name ?? null,
    ownsLabels: layout === "sectioned" && !isClassicOnly,
  }
}

/**
 * What a label means in a section, if the tables say so. Fields of the summary keep their meaning in
 * every section; other labels only where they cannot mean something else.
 */
export function meaningIn(context: SectionContext, name: KnownName): Meaning | undefined {
  if (context.layout === "sectioned" && context.name !== null) {
    const meaning = name.bySection.get(context.name)
    if (meaning !== undefined) return meaning
  }
  const { general, bySection } = name
  if (general === null) return undefined
  const { meaning, isOpening, onlyUnder } = general
  // Where the sections' headings are lost, nobody can say which of them it is in.
  if (context.layout === "sectioned" && context.isOpening && bySection.size > 1) return undefined
  if (isOpening) return context.isOpening ? meaning : undefined
  if (onlyUnder !== null) return onlyUnder === context.name ? meaning : undefined
  return context.ownsLabels && !isSummary(meaning) ? undefined : meaning
}

function isSummary(meaning: Meaning): boolean {
  return meaning.kind === "fact" || meaning.line.field !== undefined
}
