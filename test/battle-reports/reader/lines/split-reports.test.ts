import { expect, test } from "bun:test"
import * as fc from "fast-check"
import {
  ReportSplitter,
  splitReports,
} from "../../../../lib/battle-reports/reader/lines/split-reports.ts"

const first = "Battle Report\r\nTier\t9\r\n\r\n"
const second = "  battle report Tier 10 Wave 20\n"
const third = "Battle Report\nTier\t11"

const kinds = (text: string) => splitReports(text).map(({ kind, text }) => [kind, text])
const reports = (text: string) =>
  splitReports(text).flatMap(({ kind, text }) => (kind === "report" ? [text] : []))

test("a file is cut before each line that begins with the heading of a report", () => {
  expect(splitReports(first + second + third)).toEqual([
    { kind: "report", text: first, line: 1 },
    { kind: "report", text: second, line: 4 },
    { kind: "report", text: third, line: 5 },
  ])
})

test("a caption before a report and a note after it are no part of it", () => {
  expect(kinds(`My runs:\n${first}\nThat was a good one!\n\n${third}`)).toEqual([
    ["note", "My runs:\n"],
    ["report", "Battle Report\r\nTier\t9\r\n"],
    ["note", "\r\n\nThat was a good one!\n\n"],
    ["report", third],
  ])
  expect(reports("Battle Report\nTier\t9\n\nThat was number 5\n")).toEqual([
    "Battle Report\nTier\t9\n",
  ])
})

test("a text under a heading in another language is a report even if no line looks like a field", () => {
  const text = "Kampfbericht\nWelle\n"
  expect(kinds(text)).toEqual([["report", text]])
})

test("an unknown label with a number at the end of a report is part of it", () => {
  expect(reports("Battle Report\nTier\t9\nFlux 12\n")).toEqual([
    "Battle Report\nTier\t9\nFlux 12\n",
  ])
  expect(reports("Battle Report\n\nTier 9\n\nWave 3\n\nFlux 12\n")).toHaveLength(1)
})

test("fields of a run without its beginning are told from a caption", () => {
  expect(kinds(`Tier\t9\nWave\t20\n${third}`)).toEqual([
    ["orphaned", "Tier\t9\nWave\t20\n"],
    ["report", third],
  ])
})

test("blanks of any kind before the first report are part of it", () => {
  expect(kinds(`\ufeff\n  \n${third}`)).toEqual([["report", `\ufeff\n  \n${third}`]])
  for (const blank of ["\u200b", "\u200e", "\u0001", "\u2060"]) {
    const text = `${blank}\n${blank}${third}`
    expect(kinds(text)).toEqual([["report", text]])
  }
})

test("a file without a report has no report in it", () => {
  expect(kinds("Battle Reports of mine\n")).toEqual([["note", "Battle Reports of mine\n"]])
  expect(reports(" \n\t")).toEqual([])
})

test("a file may have a report on each line that lost its own line breaks", () => {
  const lines = ["Battle ReportTier\t9Wave\t20\n", "Battle ReportTier\t10Wave\t30\n"]
  expect(reports(lines.join(""))).toEqual(lines)
})

test("a line is cut where the game's own beginning of a report is in it", () => {
  const fields = "Tier 9 Wave 20 ".repeat(10)
  for (const heading of ["Battle Report Battle Date", "Battle ReportBattle Date"]) {
    const report = `${heading} Jan 17, 2026 08:05 ${fields}`
    expect(reports(report.repeat(3))).toEqual([report, report, report])
  }
})

test("the heading inside a line of other words begins no report", () => {
  const text = "Battle Report\nNote: see Battle Report of Monday\nTier\t9"
  expect(reports(text)).toEqual([text])
})

test("a report begins at its heading whatever dress is around that", () => {
  for (const heading of [
    "> Battle Report",
    "- Battle Report",
    "1. Battle Report",
    "**Battle Report**",
    '"Battle Report",',
    "| Battle Report | |",
    "&nbsp;Battle Report",
    "EBattle Report",
  ]) {
    expect(reports(`${heading}\nTier\t9\n${heading}\nTier\t10\n`)).toHaveLength(2)
  }
})

test("reports without headings begin where another run's date or game time is", () => {
  const run = (time: string) => `Game Time\t${time}\nReal Time\t1h\nTier\t9\nWave\t20\n`
  expect(reports(run("1h 2m") + run("3h 4m"))).toEqual([run("1h 2m"), run("3h 4m")])
  const dated = (date: string) => `Battle Date\t${date}\n${run("1h")}`
  expect(reports(dated("Jan 17, 2026 08:05") + dated("Jan 18, 2026 08:05"))).toHaveLength(2)
})

const piece = fc.constantFrom(
  "Battle Report",
  "Game Time\t1h",
  "Game Time\t2h",
  "\n",
  "\r",
  "\r\n",
  " ",
  "\ufeff",
  "Tier\t9",
  "x",
  "> ",
)
const pieces = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(""))

test("a file is never altered by being cut", () => {
  fc.assert(
    fc.property(pieces, (text) => {
      expect(
        splitReports(text)
          .map((part) => part.text)
          .join(""),
      ).toBe(text)
    }),
  )
})

test("a file that is read in parts is cut as the whole is", () => {
  fc.assert(
    fc.property(pieces, fc.array(fc.nat(200), { maxLength: 5 }), (text, cuts) => {
      const ends = [...cuts.map((cut) => Math.min(cut, text.length)), text.length].sort(
        (a, b) => a - b,
      )
      const splitter = new ReportSplitter()
      const found = ends.flatMap((end, index) =>
        splitter.push(text.slice(ends[index - 1] ?? 0, end)),
      )
      expect([...found, ...splitter.finish()]).toEqual([...splitReports(text)])
    }),
  )
})
