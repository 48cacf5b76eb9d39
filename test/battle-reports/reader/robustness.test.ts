import { describe, expect, setDefaultTimeout, test } from "bun:test"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { splitReports } from "../../../lib/battle-reports/reader/lines/split-reports.ts"
import {
  maximumReportBytes,
  readReport,
  refusalOf,
} from "../../../lib/battle-reports/reader/read-report.ts"
import {
  classicSections,
  sectionedSections,
} from "../../../lib/battle-reports/reader/vocabulary/labels.ts"
import { expectLinearTime } from "../../support/linear-time.ts"
import { cases, patience } from "../../support/long-run.ts"
import { fixture, saidBy } from "./report-text.ts"

setDefaultTimeout(patience)

const heading = "Battle Report\nTier\t9\n"

const names = [...classicSections, ...sectionedSections].flatMap(({ section, lines }) => [
  section,
  ...lines.map(({ label }) => label),
])

/** Pieces that reports are made of, and pieces that break readers. */
const piece = fc.oneof(
  fc.constantFrom(...names, "Killed By", "Battle Date", "Bots Used", "UWs", "Battle Report"),
  fc.constantFrom(" ", "    ", "\t", ":", ": ", "\n", "\r\n", "\r", ",", "\0", "\u2028", "\ufeff"),
  fc.constantFrom("0", "$5", "x8.00", "15%", "44.09ab", "1,234", "1.5z", "-", "1h", "2m 3s", "14+"),
  fc.constantFrom(
    "Jan 17, 2026 08:05",
    "2026-01-17",
    "12:34",
    "__proto__",
    "constructor",
    "İ",
    "\ud800",
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
)

/** A verdict must refuse what reading refuses, for the same reason. */
const expectSameVerdict = (text: string) => {
  const reading = readReport(text)
  expect(refusalOf(text)).toEqual(Result.isFailure(reading) ? reading.failure : null)
}

describe("no text makes the reader throw", () => {
  test("no text makes the reader throw, or a verdict another one, however it is put together", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
        const text = pieces.join("")
        expect(splitReports(text).length).toBeGreaterThanOrEqual(0)
        expect(readReport(text)._tag).toBeString()
        expectSameVerdict(text)
        expectSameVerdict(heading + text)
        // Pieces may well make a second run.
        const reading = readReport(heading + text)
        for (const key of Result.isSuccess(reading) ? reading.success.metrics.keys() : [])
          expect(key).toMatch(/^[a-z0-9]+(?:_[a-z0-9]+)*$/)
      }),
      { numRuns: 2000 },
    )
  })

  test("no text makes the reader throw, however a real report is cut and put together again", async () => {
    const texts = [await fixture("classic"), await fixture("sectioned")]
    const cut = fc.tuple(fc.nat(4000), fc.nat(200), fc.array(piece, { maxLength: 3 }))
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(cut, { maxLength: 6 }), (text, cuts) => {
        const mutated = cuts.reduce(
          (kept, [at, length, pieces]) =>
            kept.slice(0, at) + pieces.join("") + kept.slice(at + length),
          text,
        )
        expect(readReport(mutated)._tag).toBeString()
        expectSameVerdict(mutated)
      }),
      { numRuns: 1000 },
    )
  })

  test("the same text always reads the same", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = heading + pieces.join("")
        expect(saidBy(text)).toEqual(saidBy(text))
      }),
    )
  })
})

/** Inputs that make a reader with a loop too many slow, repeated to any length. */
const adversaries: Readonly<Record<string, string>> = {
  "one endless word": "a",
  "one endless number": "9",
  "words without a number": "a ",
  "unknown labels": "Quantum Flux 5 ",
  "unknown lines": "Quantum Flux 5\n",
  "unknown sections": "Quantum Flux\n",
  "labels without values": "Thorn damage ",
  "label prefixes": "Damage Taken While ",
  "text labels": "Killed By ",
  "text labels and words": "Killed By a ",
  lists: "Bots Used Flame Bot, ",
  sections: "Bots ",
  "section names and labels": "Damage Taken Wall Counts ",
  "section names in unknown labels": "Damage Per Second 5 ",
  "section names and unknown words": "Damage a ",
  "section names and numbers": "Damage Coins a 5 5 ",
  "labels left empty": "Coins earned Coins per hour Flame Bot Damage ",
  "the same label": "Thorn damage 5\n",
  "the same label on one line": "Thorn damage 5 ",
  "numbered labels": "Thorn damage 5\nThorn damage 2 5\n",
  dates: "Battle Date Feb 30, 2026 ",
  "date words": "Jan Jan 2026 ",
  durations: "Real Time 1h 2m 3s ",
  "unreadable durations": "Real Time 1h 1h 1h 1h 1h ",
  "grouping commas": "1,",
  "grouped digits": ",000",
  colons: ":",
  "colons and digits": "1:",
  tabs: "\t",
  spaces: " ",
  "wide gaps": "a    ",
  "carriage returns": "\r",
  "blank lines": "\n",
  indentation: "\n          ",
  headings: "Battle Report ",
  "half headings": "Battle\n",
  "half beginnings": "Battle Report Battle   ",
  beginnings: "Battle Report Battle Date ",
  "unknown magnitudes": "Thorn damage 5zz9 ",
}

function readAll(text: string): void {
  readReport(text)
  splitReports(text)
}

// Some thirty times as long as a report. In the long run, the longest that is accepted.
const longestText = cases(maximumReportBytes / 4, maximumReportBytes)

describe("time grows linearly with", () => {
  test.each(Object.entries(adversaries))("%s", (_, unit) => {
    const textOf = (bytes: number) => heading + unit.repeat(Math.floor(bytes / unit.length))
    expectLinearTime(textOf, longestText - heading.length, readAll)
  })
})
