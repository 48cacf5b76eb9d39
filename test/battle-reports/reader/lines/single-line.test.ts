import { expect, test } from "bun:test"
import { LineCollector } from "../../../../lib/battle-reports/reader/lines/line-collector.ts"
import { LineWords } from "../../../../lib/battle-reports/reader/lines/line-words.ts"
import { readLines } from "../../../../lib/battle-reports/reader/lines/lines.ts"
import { readSingleLine } from "../../../../lib/battle-reports/reader/lines/single-line.ts"
import {
  classicSections,
  generalLines,
  sectionedSections,
} from "../../../../lib/battle-reports/reader/vocabulary/labels.ts"

const sections = [...classicSections, ...sectionedSections]
const labels = [...generalLines, ...sections.flatMap(({ lines }) => lines)].map(
  ({ label }) => label,
)
const values = ["0", "$17.55M", "x8.00", "14+", "1h 2m", "Jan 17, 2026 08:05", "Boss", "???"]
const separators = ["\t", "    ", ": "]

const onTheLongWay = (text: string) => {
  const collector = new LineCollector()
  readSingleLine(new LineWords(text), collector)
  collector.finish()
  return collector.lines
}

test("fields read the same on the long way as on the short one", () => {
  for (const label of labels) {
    for (const value of values) {
      for (const separator of separators) {
        const text = label + separator + value
        expect(onTheLongWay(text)).toEqual([...readLines(text, 0).lines])
      }
    }
  }
})

test("sections read the same on the long way as on the short one", () => {
  for (const { section } of sections) {
    const collector = new LineCollector()
    readSingleLine(new LineWords(`  ${section}:`), collector)
    readSingleLine(new LineWords("Quantum Flux\t5"), collector)
    expect(collector.lines).toEqual([...readLines(`${section}\nQuantum Flux\t5`, 0).lines])
    expect(collector.lines[0]?.section).toBe(section)
  }
})
