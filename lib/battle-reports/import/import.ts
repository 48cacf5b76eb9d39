import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { jsonList, queryRows } from "../../database/query.ts"
import type { Mode } from "../../database/transaction.ts"
import { type Advance, withProgress } from "../../terminal/progress-bar.ts"
import type { Outcome } from "../../terminal/report.ts"
import type { ReportSource } from "../files/report-files.ts"
import { NotUnderstoodTally, recordUnknownMagnitudes } from "../not-understood.ts"
import { inYieldingChunks } from "../yielding.ts"
import { type Candidate, type Candidates, readSubmissions } from "./candidates.ts"
import { type ImportRequest, type ImportSettings, resolveSettings } from "./settings.ts"
import { fileRuns, storeReports } from "./store-reports.ts"
import { collectingGarbage, inBatches, submissionsIn } from "./submissions.ts"
import { ImportTally } from "./tally.ts"

/** Some of what was given is no battle report; nothing at all was imported. */
export class NothingImported extends Schema.TaggedError<NothingImported>()("NothingImported", {
  /** The first of the problems. */
  problems: Schema.Array(Schema.String),
  /** How many there are besides. */
  others: Schema.Int,
}) {
  override get message(): string {
    const rest = this.others > 0 ? [`… and ${this.others} more`] : []
    return `Nothing was imported. Fix these or leave them out:\n  ${[...this.problems, ...rest].join("\n  ")}`
  }
}

/** So many problems are named; the others are counted. */
const namedProblems = 20

const knownChecksums = (playerId: number, candidates: readonly Candidate[]) => {
  const checksums = candidates.map(({ checksum }) => checksum)
  return queryRows(
    Schema.Struct({ checksum: Schema.String }),
    (sql) => sql`
      select checksum from gamedata.battle_report
      where player_id = ${playerId} and checksum in ${jsonList(sql, checksums)}`,
  )
}

/** Imports batch after batch, each being read while the last is stored. */
const importFiles = Effect.fnUntraced(function* (
  mode: Mode,
  settings: ImportSettings,
  files: readonly ReportSource[],
  advance: Advance,
) {
  const tally = new ImportTally()
  const notUnderstood = new NotUnderstoodTally()
  const problems: string[] = []
  let problemCount = 0
  const seen = new Set<string>()

  const fileDuplicates = Effect.fnUntraced(function* (duplicates: readonly Candidate[]) {
    for (const [file, own] of Map.groupBy(duplicates, (candidate) => candidate.file)) {
      const checksums = [...new Set(own.map(({ checksum }) => checksum))]
      tally.addUpdated(file, yield* fileRuns(mode, settings, checksums))
    }
  })

  const importBatch = Effect.fnUntraced(function* ({ candidates, problems: found }: Candidates) {
    problems.push(...found.slice(0, namedProblems - problems.length))
    problemCount += found.length
    // A write finds what it has stored in the database; only a check has to remember it.
    if (mode === "write") seen.clear()
    const stored = yield* knownChecksums(settings.playerId, candidates)
    const known = new Set(stored.map(({ checksum }) => checksum))
    const reports: Candidate[] = []
    const duplicates: Candidate[] = []
    for (const candidate of candidates) {
      const { checksum, file } = candidate
      if (known.has(checksum) && !seen.has(checksum)) duplicates.push(candidate)
      if (known.has(checksum) || seen.has(checksum)) {
        tally.addDuplicate(file)
        continue
      }
      seen.add(checksum)
      tally.addNew(candidate)
      notUnderstood.add(candidate)
      reports.push(candidate)
    }
    if (problems.length > 0) return
    yield* fileDuplicates(duplicates)
    if (mode === "write" && reports.length > 0) yield* storeReports(settings, reports)
  })

  yield* Stream.fromIterable(files).pipe(
    Stream.flatMap((file) =>
      Stream.concat(submissionsIn(file), Stream.drain(Stream.fromEffect(advance(1)))),
    ),
    inBatches,
    collectingGarbage,
    Stream.mapEffect((batch) =>
      inYieldingChunks(batch, (chunk) => readSubmissions(chunk, settings)),
    ),
    Stream.buffer({ capacity: 1 }),
    Stream.runForEach((chunks) =>
      importBatch({
        candidates: chunks.flatMap(({ candidates }) => candidates),
        problems: chunks.flatMap((chunk) => chunk.problems),
      }),
    ),
  )
  if (problemCount > 0)
    return yield* new NothingImported({ problems, others: problemCount - problems.length })
  const magnitudes = yield* recordUnknownMagnitudes(mode, notUnderstood.suffixes)
  return { tally, notUnderstood, magnitudes }
})

/**
 * Brings battle reports into the database for one player, with everything derived from them, or
 * says for a check what that would do. All or nothing: a text that is no report stops the whole
 * import, and all such texts are named. Reports that the player has already are counted; the preset
 * and the tournament flag apply to them too.
 */
export const importReports = Effect.fnUntraced(function* (mode: Mode, request: ImportRequest) {
  const { files } = request
  const settings = yield* resolveSettings(mode, request)
  const { tally, notUnderstood, magnitudes } = yield* withProgress(
    mode === "check" ? "Checking files" : "Importing files",
    files.length,
    (advance) => importFiles(mode, settings, files, advance),
  )
  yield* notUnderstood.warn
  const { units, total } = tally
  const { playersCreated, presetsCreated } = settings
  const rows = Number(total.imported) + Number(total.duplicates_updated)
  return {
    units: [...units, ...notUnderstood.units],
    total: { ...total, players_created: playersCreated, presets_created: presetsCreated },
    changes: rows + playersCreated + presetsCreated + magnitudes,
  } satisfies Outcome
})
