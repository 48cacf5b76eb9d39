import { describe, expect, test } from "bun:test"
import * as fc from "fast-check"
import { splitReports } from "../../../../lib/battle-reports/reader/lines/split-reports.ts"

const first = "Battle Report\r\nTier\t9\r\n\r\n"
const second = "  battle report Tier 10 Wave 20\n"
const third = "Battle Report\nTier\t11"

describe("a file's text", () => {
  test("is cut before each line that begins with the heading", () => {
    expect(splitReports(first + second + third)).toEqual({
      unreadable: null,
      reports: [first, second, third],
    })
  })

  test("before the first report is unreadable, unless it is blank", () => {
    expect(splitReports(`My runs:\n${first}`)).toEqual({
      unreadable: "My runs:\n",
      reports: [first],
    })
    expect(splitReports(`\ufeff\n  \n${first}`)).toEqual({
      unreadable: null,
      reports: [`\ufeff\n  \n${first}`],
    })
  })

  test("before the first report may be blanks of any kind", () => {
    for (const blank of ["\u200b", "\u200e", "\u0001", "\u2060"]) {
      const text = `${blank}\n${blank}${first}`
      expect(splitReports(text)).toEqual({ unreadable: null, reports: [text] })
    }
  })

  test("without a report is unreadable, or nothing", () => {
    expect(splitReports("Battle Reports of mine\n")).toEqual({
      unreadable: "Battle Reports of mine\n",
      reports: [],
    })
    expect(splitReports(" \n\t")).toEqual({ unreadable: null, reports: [] })
  })

  test("may have a report on each line that lost its own line breaks", () => {
    const lines = ["Battle ReportTier\t9Wave\t20\n", "Battle ReportTier\t10Wave\t30\n"]
    expect(splitReports(lines.join("")).reports).toEqual(lines)
  })

  test("is cut inside a line where the game's own beginning stands", () => {
    const fields = "Tier 9 Wave 20 ".repeat(10)
    for (const heading of ["Battle Report Battle Date", "Battle ReportBattle Date"]) {
      const report = `${heading} Jan 17, 2026 08:05 ${fields}`
      expect(splitReports(report.repeat(3)).reports).toEqual([report, report, report])
      expect(splitReports(`${first}Mine: ${report}`).reports).toEqual([`${first}Mine: `, report])
    }
  })

  test("is not cut inside a line of other words", () => {
    const text = "Battle Report\nNote: see Battle Report of Monday\nTier\t9"
    expect(splitReports(text).reports).toEqual([text])
  })

  test("is never altered", () => {
    const piece = fc.constantFrom(
      "Battle Report",
      "\n",
      "\r",
      "\r\n",
      " ",
      "\ufeff",
      "Tier\t9",
      "x",
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("")
        const { unreadable, reports } = splitReports(text)
        const kept = (unreadable ?? "") + reports.join("")
        expect(kept === text || (kept === "" && text.trim() === "")).toBe(true)
      }),
    )
  })
})
