import * as Result from "effect/Result"
import { derivedRows } from "../../lib/battle-reports/reader/derived-rows.ts"
import { ReportSplitter } from "../../lib/battle-reports/reader/lines/split-reports.ts"
import { readReport } from "../../lib/battle-reports/reader/read-report.ts"

// Reads every report of the file in the first argument, and does nothing with it.
const splitter = new ReportSplitter()
const decoder = new TextDecoder()

const readAll = (pieces: ReturnType<ReportSplitter["finish"]>) => {
  for (const { kind, text } of pieces)
    if (kind === "report")
      derivedRows(Result.getOrThrow(readReport(text)), "2026-01-01T00:00:00.000000Z")
}

for await (const bytes of Bun.file(process.argv[2] ?? "").stream())
  readAll(splitter.push(decoder.decode(bytes, { stream: true })))
readAll(splitter.finish())
