import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { queryRows } from "../database/query.ts"
import type { Mode } from "../database/transaction.ts"
import { type Advance, withProgress } from "../terminal/progress-bar.ts"
import type { Outcome } from "../terminal/report.ts"
import { type Facts, sumFacts } from "../terminal/report.ts"
import {
  type Candidate,
  type Candidates,
  readSubmissions,
  type Submission,
  submissionsOf,
} from "./import-candidates.ts"
import { type ImportRequest, type ImportSettings, resolveSettings } from "./import-settings.ts"
import { type ReportSource, readReportFile } from "./report-files.ts"
import { type NewReport, newReport, storeReports } from "./store-reports.ts"
import { recordUnknownMagnitudes } from "./unknown-magnitudes.ts"
import { inStretches } from "./yielding.ts"

const counts = [
  "reports",
  "imported",
  "duplicates",
  "bot_rows_created",
  "weapon_rows_created",
] as const

type ImportCounts = Readonly<Record<(typeof counts)[number], number>>

const duplicate: ImportCounts = {
  reports: 1,
  imported: 0,
  duplicates: 1,
  bot_rows_created: 0,
  weapon_rows_created: 0,
}

/** Counts what an import does, file by file, in the order in which the files come. */
export class ImportTally {
  readonly #byFile = new Map<string, ImportCounts>()

  /** Counts a report that the player does not have yet. */
  addNew({ file, bots, weapons }: NewReport): void {
    this.#add(file, {
      reports: 1,
      imported: 1,
      duplicates: 0,
      bot_rows_created: bots.length,
      weapon_rows_created: weapons.length,
    })
  }

  /** Counts a report of a file that the player has already. */
  addDuplicate(file: string): void {
    this.#add(file, duplicate)
  }

  #add(file: string, more: ImportCounts): void {
    const before = this.#byFile.get(file)
    const sum =
      before === undefined
        ? more
        : {
            reports: before.reports + more.reports,
            imported: before.imported + more.imported,
            duplicates: before.duplicates + more.duplicates,
            bot_rows_created: before.bot_rows_created + more.bot_rows_created,
            weapon_rows_created: before.weapon_rows_created + more.weapon_rows_created,
          }
    this.#byFile.set(file, sum)
  }

  /** One line for each file. */
  get units(): readonly Facts[] {
    return [...this.#byFile].map(([file, facts]) => ({ file, ...facts }))
  }

  /** The sums over all files. */
  get total(): Facts {
    return { files: this.#byFile.size, ...sumFacts(this.units, counts) }
  }
}

/** Some of what was given is no battle report; nothing at all was imported. */
export class NothingImported extends Schema.TaggedError<NothingImported>()("NothingImported", {
  problems: Schema.Array(Schema.String),
}) {
  override get message(): string {
    const shown = this.problems.slice(0, 20)
    const more = this.problems.length - shown.length
    const rest = more > 0 ? [`… and ${more} more`] : []
    return `Nothing was imported. Mend these or leave them out:\n  ${[...shown, ...rest].join("\n  ")}`
  }
}

/** How many reports are read, compared with the stored ones and stored at a time. */
export const importedPerBatch = 500

const submissionsIn = (file: ReportSource) =>
  readReportFile(file).pipe(
    Effect.map(submissionsOf),
    Effect.catchTag("UnreadableFile", ({ message }) =>
      Effect.succeed<readonly Submission[]>([{ problem: message }]),
    ),
  )

const knownChecksums = Effect.fnUntraced(function* (
  playerId: number,
  candidates: readonly Candidate[],
) {
  const checksums = JSON.stringify(candidates.map(({ checksum }) => checksum))
  const known = yield* queryRows(
    Schema.Struct({ checksum: Schema.String }),
    (sql) => sql`
      select checksum from gamedata.battle_report
      where player_id = ${playerId}
        and checksum in (select jsonb_array_elements_text(${checksums}::text::jsonb))`,
  )
  return known.map(({ checksum }) => checksum)
})

/** Imports batch after batch, each being read while the last is stored. */
const importFiles = Effect.fnUntraced(function* (
  mode: Mode,
  settings: ImportSettings,
  files: readonly ReportSource[],
  advance: Advance,
) {
  const tally = new ImportTally()
  const problems: string[] = []
  const seen = new Set<string>()
  const unknownSuffixes = new Set<string>()

  const importBatch = Effect.fnUntraced(function* ({ candidates, problems: found }: Candidates) {
    problems.push(...found)
    for (const known of yield* knownChecksums(settings.playerId, candidates)) seen.add(known)
    const reports: NewReport[] = []
    for (const candidate of candidates) {
      if (seen.has(candidate.checksum)) {
        tally.addDuplicate(candidate.file)
        continue
      }
      seen.add(candidate.checksum)
      const fresh = newReport(settings, candidate)
      tally.addNew(fresh)
      reports.push(fresh)
      for (const suffix of fresh.report.unknownSuffixes) unknownSuffixes.add(suffix)
    }
    if (mode === "write" && problems.length === 0 && reports.length > 0)
      yield* storeReports(settings, reports)
  })

  yield* Stream.fromIterable(files).pipe(
    Stream.mapEffect((file) => Effect.tap(submissionsIn(file), () => advance(1))),
    Stream.flattenIterable,
    Stream.grouped(importedPerBatch),
    Stream.mapEffect((batch) => inStretches(batch, readSubmissions)),
    Stream.buffer({ capacity: 1 }),
    Stream.runForEach((stretches) =>
      importBatch({
        candidates: stretches.flatMap(({ candidates }) => candidates),
        problems: stretches.flatMap(({ problems }) => problems),
      }),
    ),
  )
  if (problems.length > 0) return yield* new NothingImported({ problems })
  const suffixes = [...unknownSuffixes].sort()
  return { tally, suffixes, magnitudes: yield* recordUnknownMagnitudes(mode, suffixes) }
})

/**
 * Brings battle reports into the database for one player, with everything derived from them, or
 * says for a check what that would do. All or nothing: a text that is no report stops the whole
 * import, and all such texts are named. Reports that the player has already are counted.
 */
export const importReports = Effect.fnUntraced(function* (mode: Mode, request: ImportRequest) {
  const { files } = request
  const settings = yield* resolveSettings(mode, request)
  const { tally, suffixes, magnitudes } = yield* withProgress(
    mode === "check" ? "Checking files" : "Importing files",
    files.length,
    (advance) => importFiles(mode, settings, files, advance),
  )
  const { units, total } = tally
  const { playersCreated, presetsCreated } = settings
  return {
    units: [...units, ...suffixes.map((suffix) => ({ unknown_magnitude_suffix: suffix }))],
    total: { ...total, players_created: playersCreated, presets_created: presetsCreated },
    changes: Number(total.imported) + playersCreated + presetsCreated + magnitudes,
  } satisfies Outcome
})
