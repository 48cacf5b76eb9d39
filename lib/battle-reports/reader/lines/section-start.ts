import type { KnownName } from "../vocabulary/known-names.ts"
import type { LineCollector } from "./line-collector.ts"
import { type LineWords, longestLabel } from "./line-words.ts"

/** Fields to look ahead for one that tells whose labels follow. */
const furthestField = 3

/** Whether the tables list a label in a section. */
export function lists(section: KnownName, label: KnownName | null): boolean {
  return label?.homes.has(section.name) === true
}

/**
 * The longest known name, unless it is a label of the other layout that hides a section of this
 * one: `Enemies Hit By Orbs` is a classic label, and a section followed by its label.
 */
export function nameInPlace(
  line: LineWords,
  at: number,
  collector: LineCollector,
): KnownName | null {
  const name = line.nameAt(at)
  if (name === null || collector.layout === "classic" || collector.listsHere(name)) return name
  const section = line.shorterNameAt(at, name.wordCount)
  if (!section?.sectionOf.has("sectioned")) return name
  const label = line.nameAt(at + section.wordCount)
  const sameWords = label?.wordCount === name.wordCount - section.wordCount
  return sameWords && label?.bySection.has(section.name) ? section : name
}

/**
 * Whether a name, up to `end`, opens a section and does not begin an unknown label: a field that it
 * lists follows, and behind that not only labels of the current section; or, where another field
 * follows, the labels behind that are its own.
 */
export function opensSection(
  line: LineWords,
  name: KnownName,
  end: number,
  collector: LineCollector,
): boolean {
  if (name.sectionOf.size === 0 || line.isNumber(end) || collector.isIn(name)) return false
  const next = line.nameAt(end)
  if (next === null) return isHeadedBy(line, name, end, collector)
  const nextEnd = end + next.wordCount
  if (next.isHeading || isHeadedBy(line, next, nextEnd, collector)) return true
  if (!lists(name, next) || !line.isNumber(nextEnd)) return isHeadedBy(line, name, end, collector)
  const behind = labelsBehind(line, end, collector)
  return (
    behind.some((label) => lists(name, label) && !collector.expects(label)) ||
    !behind.some((label) => !lists(name, label) && collector.expects(label))
  )
}

/** Whether the first label behind the next field is a section's own, and not the current one's. */
export function isHeadedBy(
  line: LineWords,
  name: KnownName,
  end: number,
  collector: LineCollector,
): boolean {
  if (name.sectionOf.size === 0 || collector.isIn(name)) return false
  const [label] = labelsBehind(line, end, collector)
  return label !== undefined && lists(name, label) && !collector.expects(label)
}

/** The known labels with a number that start the fields behind the one that starts at a word. */
function labelsBehind(line: LineWords, at: number, collector: LineCollector): readonly KnownName[] {
  const labels: KnownName[] = []
  let from = at
  for (let fields = 0; fields < furthestField; fields++) {
    const value = firstNumber(line, from)
    if (value === null) break
    from = value + 1
    while (line.isNumber(from)) from++
    const name = nameInPlace(line, from, collector)
    if (name === null) continue
    const end = from + name.wordCount
    if (name.shape !== null && line.isNumber(end)) labels.push(name)
    else if (startsListed(line, name, end)) break
  }
  return labels
}

/** Whether a name, up to `end`, is a section's with a field of that section behind it. */
function startsListed(line: LineWords, name: KnownName, end: number): boolean {
  const next = line.nameAt(end)
  return next !== null && lists(name, next) && line.isNumber(end + next.wordCount)
}

function firstNumber(line: LineWords, from: number): number | null {
  for (let at = from; at < from + longestLabel; at++) {
    if (line.isNumber(at)) return at
  }
  return null
}
