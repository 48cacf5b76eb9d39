import * as Result from "effect/Result"
import { derivedRows } from "../../lib/battle-reports/reader/derived-rows.ts"
import { readReport } from "../../lib/battle-reports/reader/read-report.ts"
import { sampleReport } from "./bench-database.ts"
import { type Figure, inTurns, ratio, timed } from "./measure.ts"

const storedAt = "2026-01-01T00:00:00.000000Z"

/** Reading reports alone, against splitting their texts into lines and cells. */
export const benchReading = async (reports: number, times: number): Promise<Figure> => {
  const sample = await sampleReport()
  const texts = Array.from({ length: reports }, (_, index) =>
    sample.replace("1342", String(1000 + (index % 9000))),
  )
  const read = async () => {
    let characters = 0
    for (const text of texts)
      characters += derivedRows(Result.getOrThrow(readReport(text)), storedAt).values.length
    if (characters === 0) throw new Error("nothing was read")
  }
  const split = async () => {
    let cells = 0
    for (const text of texts) for (const line of text.split("\n")) cells += line.split("\t").length
    if (cells === 0) throw new Error("nothing was split")
  }
  await read()
  await split()
  const both = await inTurns(
    times,
    () => timed(read),
    () => timed(split),
  )
  return {
    name: `reading of ${reports} reports, without a database`,
    against: "splitting the texts into lines and cells",
    target: "none set",
    ...both,
    unit: "ms",
    result: ratio(both.ours, both.floor),
  }
}
