import { describe, expect, test } from "bun:test"
import {
  isQuantityLine,
  type QuantityLine,
} from "../../../../lib/battle-reports/reader/vocabulary/known-line.ts"
import {
  classicSections,
  generalLines,
  sectionedSections,
} from "../../../../lib/battle-reports/reader/vocabulary/labels.ts"
import { slug } from "../../../../lib/battle-reports/reader/vocabulary/metric-key.ts"
import { shapeOfUnit } from "../../../../lib/battle-reports/reader/vocabulary/value-shape.ts"

const sections = [...classicSections, ...sectionedSections]
const lines = [...generalLines, ...sections.flatMap((section) => section.lines)]
const quantities = lines.filter(isQuantityLine)
const keysOf = (known: readonly QuantityLine[]) =>
  known.flatMap(({ key }) => (key === undefined ? [] : [key]))

describe("the tables of labels", () => {
  test("the tables of labels have each section once per layout, and each label once per section", () => {
    for (const layout of [classicSections, sectionedSections]) {
      const names = layout.map(({ section }) => slug(section))
      expect(new Set(names).size).toBe(names.length)
    }
    for (const { lines } of [...sections, { lines: generalLines }]) {
      const labels = lines.map(({ label }) => slug(label))
      expect(new Set(labels).size).toBe(labels.length)
    }
  })

  test("the tables of labels have each classic label once", () => {
    const labels = classicSections.flatMap(({ lines }) => lines.map(({ label }) => slug(label)))
    expect(new Set(labels).size).toBe(labels.length)
  })

  test("the tables of labels give a label values of one shape in every section", () => {
    const shapes = new Map(lines.map(({ label, unit }) => [slug(label), shapeOfUnit(unit)]))
    for (const { label, unit } of lines) expect(shapes.get(slug(label))).toBe(shapeOfUnit(unit))
  })

  test("the tables of labels give a key one unit and one summary field in both layouts", () => {
    const byKey = new Map(quantities.map((line) => [line.key, line]))
    for (const line of quantities) {
      if (line.key === undefined) continue
      expect(byKey.get(line.key)).toMatchObject({ unit: line.unit })
      expect(byKey.get(line.key)?.field).toBe(line.field)
    }
  })

  test("the tables of labels write keys as slugs", () => {
    for (const key of keysOf(quantities)) expect(slug(key)).toBe(key)
  })

  test("the tables of labels have every shared key in the classic layout and in the sectioned one", () => {
    const classic = keysOf(
      [...generalLines, ...classicSections.flatMap(({ lines }) => lines)].filter(isQuantityLine),
    )
    const sectioned = keysOf(sectionedSections.flatMap(({ lines }) => lines).filter(isQuantityLine))
    expect([...new Set(classic)].sort()).toEqual([...new Set(sectioned)].sort())
  })

  test("the tables of labels have no word that could be taken for a value", () => {
    for (const { label } of lines) expect(label).not.toMatch(/(?:^| )[-+$x.]*\d/)
  })
})
