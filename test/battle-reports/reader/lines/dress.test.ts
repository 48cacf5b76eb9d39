import { expect, setDefaultTimeout, test } from "bun:test"
import * as fc from "fast-check"
import { undress } from "../../../../lib/battle-reports/reader/lines/dress.ts"
import { expectLinearTime } from "../../../support/linear-time.ts"
import { cases, patience } from "../../../support/long-run.ts"
import { anyReport } from "../any-report.ts"
import { read, spacings, writeReport } from "../report-text.ts"

setDefaultTimeout(patience)

const eachLine = (text: string, dress: (line: string, index: number) => string): string =>
  text.split("\n").map(dress).join("\n")

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
const csvCell = (cell: string) => (/[",]/.test(cell) ? quoted(cell) : cell)

/** What is put around a report, or between its labels and values, each as the subject of a sentence. */
const dresses: Readonly<Record<string, (text: string) => string>> = {
  "a quote mark": (text) => eachLine(text, (line) => `> ${line}`),
  "a quote mark of a quote": (text) => eachLine(text, (line) => `>> ${line}`),
  "a bar": (text) => eachLine(text, (line) => `| ${line}`),
  "a bullet": (text) => eachLine(text, (line) => `- ${line}`),
  "an arrow": (text) => eachLine(text, (line) => `→ ${line}`),
  "a check box": (text) => eachLine(text, (line) => `- [x] ${line}`),
  "a line number": (text) => eachLine(text, (line, index) => `${index + 1}. ${line}`),
  "a bullet in a quote": (text) => eachLine(text, (line) => `> - ${line}`),
  "a line number that passes over blank lines": (text) =>
    eachLine(text, (line, index) => `${index + 1}. ${line}`).replaceAll("\n", "\n\n"),
  "a code fence": (text) => `\`\`\`text\n${text}\n\`\`\``,
  "a quoted code fence": (text) => eachLine(`\`\`\`\n${text}\n\`\`\``, (line) => `> ${line}`),
  "a bold label": (text) => text.replace(/^[^\t\n]+/gm, "**$&**"),
  "a line in italics": (text) => eachLine(text, (line) => `_${line}_`),
  "a line struck through": (text) => eachLine(text, (line) => `~~${line}~~`),
  "a break tag": (text) => eachLine(text, (line) => `${line}<br>`),
  "a break tag instead of a line break": (text) => text.replaceAll("\n", "<br/>"),
  "a comma after each line": (text) => eachLine(text, (line) => `${line},`),
  "an equals sign": (text) => text.replaceAll("\t", " = "),
  "a dash": (text) => text.replaceAll("\t", " – "),
  "an HTML entity": (text) => text.replaceAll("&", "&amp;").replaceAll("\t", "&#9;"),
  "a literal tab": (text) => text.replaceAll("\t", "\\t"),
  "a CSV file": (text) => eachLine(text, (line) => line.split("\t").map(csvCell).join(",")),
  "a CSV file with quotes": (text) =>
    eachLine(text, (line) => line.split("\t").map(quoted).join(",")),
  "a CSV file with semicolons": (text) => text.replaceAll("\t", ";"),
  "a TSV file with quotes": (text) =>
    eachLine(text, (line) => line.split("\t").map(quoted).join("\t")),
  "a Markdown table": (text) =>
    eachLine(text, (line, index) => {
      const row = `| ${line.split("\t").join(" | ")} |`
      return index === 0 ? `${row}\n|---|---|` : row
    }),
  "a caption": (text) => `My best run so far:\n\n${text}`,
}

test.each(Object.entries(dresses))("%s does not change what a report says", (_, dress) => {
  fc.assert(
    fc.property(anyReport, (fields) => {
      const text = writeReport(fields, spacings.tabs)
      expect(read(dress(text))).toEqual(read(text))
    }),
    { numRuns: 40 },
  )
})

test("a mark on only some of the lines is not taken off", () => {
  const text = "Battle Report\n- Tier\t9\nWave\t20"
  expect(undress(text)).toBe(text)
})

test.each(['"', "a]\n", "|", "> ", "- ", "&#9;", "**", "[", "1,5 ", "&"])(
  "a text full of %p is read in linear time",
  (piece) => {
    expectLinearTime(
      (length) => `Battle Report\nTier\t9\n${piece.repeat(Math.ceil(length / piece.length))}`,
      cases(50_000, 200_000),
      (text) => void read(text),
    )
  },
)
