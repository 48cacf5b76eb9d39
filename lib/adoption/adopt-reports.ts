import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { collectingGarbage } from "../battle-reports/collecting-garbage.ts"
import type { InPart } from "../database/batches.ts"
import type { Database } from "../database/database.ts"
import type { DatabaseError } from "../database/database-errors.ts"
import { queryRows } from "../database/query.ts"
import { withProgress } from "../terminal/progress-bar.ts"
import type { AdoptedDefinitions } from "./adopt-definitions.ts"
import { type AdoptedPlayers, firstNumber, lastNumber, numberAfter } from "./adopt-players.ts"
import type { Adopter } from "./adopter.ts"
import { levelledNames } from "./mapping/definitions.ts"
import {
  type KnownReport,
  mapReportMetrics,
  mapReportProgress,
  mapReports,
  saysTournament,
} from "./mapping/reports.ts"
import { mapRuns, runTables } from "./mapping/runs.ts"
import type { SourceRow } from "./source/source.ts"

/** How many reports are read, and put in their places, at a time. */
const reportsPerBatch = 500

interface Batch {
  readonly reports: readonly SourceRow[]
  readonly progress: readonly SourceRow[]
  readonly metrics: readonly SourceRow[]
  /** In the order of `runTables`. */
  readonly runs: readonly (readonly SourceRow[])[]
}

const readBatch = Effect.fnUntraced(function* ({ next, within }: Adopter, after: string | null) {
  const reports = yield* next("gamedata_battlereport", after, reportsPerBatch)
  const isLast = reports.length < reportsPerBatch
  const range = {
    column: "battle_report_id",
    first: after === null ? firstNumber : numberAfter(after),
    last: isLast ? lastNumber : (reports.at(-1)?.id ?? lastNumber),
  }
  const [progress, metrics, ...runs] = yield* Effect.all(
    [
      within("gamedata_battlereportprogress", range),
      within("gamedata_battlereportderivedmetrics", range),
      ...runTables.map(({ table }) => within(table, range)),
    ],
    { concurrency: "unbounded" },
  )
  const batch: Batch = { reports, progress: progress ?? [], metrics: metrics ?? [], runs }
  return { batch, isLast, last: reports.at(-1)?.id ?? null }
})

/** The reports with all that hangs on them, batch after batch. */
const batches = (adopter: Adopter) =>
  Stream.paginate(Option.none<string>(), (after) =>
    Effect.map(
      readBatch(adopter, Option.getOrNull(after)),
      ({ batch, isLast, last }) =>
        [[batch], isLast ? Option.none() : Option.some(Option.fromNullishOr(last))] as const,
    ),
  )

/** Tells, each time it is asked, whether a player has had a report of this checksum already. */
const makeIsKnown = Effect.fnUntraced(function* (
  { source }: Adopter,
  players: ReadonlyMap<string, string>,
) {
  // Only what the source has more than once has to be remembered.
  const repeated = yield* source.repeated("gamedata_battlereport", ["player_id", "checksum"])
  const keyOf = (player: string, checksum: string) => `${player} ${checksum}`
  const watched = new Set(
    repeated.map(({ player_id, checksum }) =>
      keyOf(players.get(player_id ?? "") ?? "", checksum ?? ""),
    ),
  )
  const seen = new Set<string>()
  return (player: string, checksum: string): boolean => {
    const key = keyOf(player, checksum)
    if (!watched.has(key)) return false
    if (seen.has(key)) return true
    seen.add(key)
    return false
  }
})

/** The reports of the site whose texts are not here to the byte, or not under their checksums. */
const wrongTexts = (
  planned: ReturnType<typeof mapReports>,
  ids: readonly string[],
): Effect.Effect<readonly string[], DatabaseError, Database> => {
  const expected = planned.map(({ from, row, text }, index) => ({
    there: from.id,
    id: ids[index],
    player_id: row.player_id,
    checksum: row.checksum,
    digest: Bun.CryptoHasher.hash("md5", text, "hex"),
  }))
  return Effect.map(
    queryRows(
      Schema.Struct({ there: Schema.String }),
      (sql) => sql`
        select there from json_to_recordset(${JSON.stringify(expected)}::text::json)
          as expected (there text, id bigint, player_id bigint, checksum text, digest text)
        left join gamedata.battle_report as stored using (player_id, id)
        where (stored.checksum, md5(raw_text)) is distinct from (expected.checksum, digest)`,
    ),
    (rows) => rows.map(({ there }) => there),
  )
}

const placeBatch = Effect.fnUntraced(function* (
  adopter: Adopter,
  { definitions }: AdoptedDefinitions,
  { players, presets }: AdoptedPlayers,
  isKnown: (player: string, checksum: string) => boolean,
  batch: Batch,
) {
  const { inspected, leftovers, place } = adopter
  const planned = mapReports(
    inspected("gamedata_battlereport", batch.reports),
    players,
    isKnown,
    leftovers,
  )
  const ids = yield* place("battleReport", planned)
  if (adopter.isVerified) {
    adopter.texts.compared += planned.length
    adopter.texts.wrong.push(...(yield* wrongTexts(planned, ids)))
  }
  const reports = new Map(
    planned.map(({ from, player, playerThere, text }, index): readonly [string, KnownReport] => [
      from.id,
      { id: ids[index] ?? "", player, playerThere, saysTournament: saysTournament(text) },
    ]),
  )
  const runs = runTables.flatMap((runTable, index) => {
    const kind = levelledNames.find(({ definitionId }) => definitionId === runTable.definitionId)
    const known = definitions.get(kind?.definitions ?? "") ?? new Map()
    const rows = inspected(runTable.table, batch.runs[index] ?? [])
    return { runTable, mapped: mapRuns(runTable, rows, reports, known, leftovers) }
  })
  const progress = inspected("gamedata_battlereportprogress", batch.progress)
  const metrics = inspected("gamedata_battlereportderivedmetrics", batch.metrics)
  const { isTyped } = adopter.source
  yield* Effect.all(
    [
      place("battleReportProgress", mapReportProgress(progress, reports, presets, leftovers)),
      place("battleReportMetrics", mapReportMetrics(metrics, reports, isTyped, leftovers)),
      ...runs.map(({ runTable, mapped }) => place(runTable.target, mapped)),
    ],
    { concurrency: "unbounded", discard: true },
  )
  yield* adopter.settle
})

/** After so many batches there is garbage worth collecting. */
const batchesPerCollection = 8

/** Puts battle reports and all that hangs on them in their places, each batch being read while the last is stored. */
export const adoptReports = Effect.fnUntraced(function* (
  adopter: Adopter,
  definitions: AdoptedDefinitions,
  players: AdoptedPlayers,
  inPart: InPart,
) {
  const isKnown = yield* makeIsKnown(adopter, players.players)
  const total = yield* adopter.source.count("gamedata_battlereport")
  yield* withProgress("Adopting reports", total, (advance) =>
    batches(adopter).pipe(
      Stream.buffer({ capacity: 1 }),
      Stream.mapEffect((batch) =>
        Effect.andThen(
          inPart(placeBatch(adopter, definitions, players, isKnown, batch)),
          advance(batch.reports.length),
        ),
      ),
      collectingGarbage(() => 1, batchesPerCollection),
      Stream.runDrain,
    ),
  )
})
