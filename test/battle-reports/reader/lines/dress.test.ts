import { expect, setDefaultTimeout, test } from "bun:test"
import * as fc from "fast-check"
import { undress } from "../../../../lib/battle-reports/reader/lines/dress.ts"
import { expectLinearTime } from "../../../support/linear-time.ts"
import { patience } from "../../../support/long-run.ts"
import { anyReport } from "../any-report.ts"
import { read, spacings, writeReport } from "../report-text.ts"

setDefaultTimeout(patience)

const eachLine = (text: string, dress: (line: string, index: number) => string): string =>
  text.split("\n").map(dress).join("\n")

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
const csvCell = (cell: string) => (/[",]/.test(cell) ? quoted(cell) : cell)

const dresses: Readonly<Record<string, (text: string) => string>> = {
  "quote marks": (text) => eachLine(text, (line) => `> ${line}`),
  "quote marks of a quote": (text) => eachLine(text, (line) => `>> ${line}`),
  bars: (text) => eachLine(text, (line) => `| ${line}`),
  bullets: (text) => eachLine(text, (line) => `- ${line}`),
  "line numbers": (text) => eachLine(text, (line, index) => `${index + 1}. ${line}`),
  "a code fence": (text) => `\`\`\`text\n${text}\n\`\`\``,
  "a quoted code fence": (text) => eachLine(`\`\`\`\n${text}\n\`\`\``, (line) => `> ${line}`),
  "bold labels": (text) => text.replace(/^[^\t\n]+/gm, "**$&**"),
  "HTML entities": (text) => text.replaceAll("&", "&amp;").replaceAll("\t", "&#9;"),
  "a literal tab": (text) => text.replaceAll("\t", "\\t"),
  CSV: (text) => eachLine(text, (line) => line.split("\t").map(csvCell).join(",")),
  "CSV with quotes": (text) => eachLine(text, (line) => line.split("\t").map(quoted).join(",")),
  "TSV with quotes": (text) => eachLine(text, (line) => line.split("\t").map(quoted).join("\t")),
  "a Markdown table": (text) =>
    eachLine(text, (line, index) => {
      const row = `| ${line.split("\t").join(" | ")} |`
      return index === 0 ? `${row}\n|---|---|` : row
    }),
  "a caption": (text) => `My best run so far:\n\n${text}`,
}

test.each(Object.entries(dresses))("%s around a report changes nothing of it", (_, dress) => {
  fc.assert(
    fc.property(anyReport, (fields) => {
      const text = writeReport(fields, spacings.tabs)
      expect(read(dress(text))).toEqual(read(text))
    }),
    { numRuns: 40 },
  )
})

test("what stands on some lines only is no dress", () => {
  const text = "Battle Report\n- Tier\t9\nWave\t20"
  expect(undress(text)).toBe(text)
})

test.each(['"', "a]\n", "|", "> ", "- ", "&#9;", "**", "[", "1,5 ", "&"])(
  "a text full of %p is read in linear time",
  (piece) => {
    expectLinearTime(
      (length) => `Battle Report\nTier\t9\n${piece.repeat(Math.ceil(length / piece.length))}`,
      200_000,
      (text) => void read(text),
    )
  },
)
