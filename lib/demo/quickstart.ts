import { resolve } from "node:path"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { listReportFiles } from "../battle-reports/files/report-files.ts"
import { importReports } from "../battle-reports/import/import.ts"
import { addBoundary } from "../battle-reports/patches.ts"
import { reparseReports } from "../battle-reports/reparse/reparse.ts"
import { everyReport } from "../battle-reports/reparse/selection.ts"
import type { Intent } from "../command/flags.ts"
import { inMaintenanceTransaction } from "../command/maintain.ts"
import { migrate } from "../command/migrate.ts"
import type { Mode } from "../database/transaction.ts"
import { rebuildDefinitions } from "../definitions/rebuild.ts"
import { rebuildTargetNames } from "../definitions/targets.ts"
import { addPlayer } from "../player-state/players.ts"
import { syncAllPlayers } from "../player-state/sync.ts"
import { databaseStatus } from "../status.ts"
import { note } from "../terminal/notice.ts"
import type { Outcome } from "../terminal/report.ts"
import { catalogue } from "../wiki/catalogue.ts"
import { readPages } from "../wiki/read-pages.ts"
import { savedPages } from "../wiki/source/saved-pages.ts"

const bundledPages = resolve(import.meta.dir, "wiki")
const bundledReports = resolve(import.meta.dir, "battle-reports")
const username = "demo"
const boundary = { date: "2026-04-01", label: "v28" }

const write: Intent = {
  mode: "write",
  reportedAs: "write",
  exitCode: false,
  lockTimeout: Duration.seconds(60),
}

const rebuildFromBundledPages = Effect.fnUntraced(function* (mode: Mode) {
  const readings = yield* readPages(
    yield* savedPages(bundledPages),
    catalogue.filter(({ mayBeAbsent }) => !mayBeAbsent),
    {},
  )
  return yield* rebuildDefinitions(mode, {
    targets: rebuildTargetNames,
    readings,
    allowShrink: false,
    keepGoing: false,
  })
})

const addDemo = Effect.gen(function* () {
  const player = yield* addPlayer(username, {
    displayName: Option.some("Demo player"),
    timeZone: Option.none(),
  })
  const { changed: isBoundaryNew } = yield* addBoundary(boundary)
  return {
    units: [],
    total: { players_added: player.added ? 1 : 0, boundaries_added: isBoundaryNew ? 1 : 0 },
    changes: (player.added ? 1 : 0) + (isBoundaryNew ? 1 : 0),
  } satisfies Outcome
})

const importBundledReports = Effect.gen(function* () {
  return yield* importReports(write, {
    username,
    createPlayer: false,
    timeZone: Option.none(),
    files: yield* listReportFiles([bundledReports]),
    preset: Option.none(),
    isTournament: false,
  })
}).pipe(Effect.scoped)

function step<E, R>(command: string, work: Effect.Effect<Outcome, E, R>) {
  return work.pipe(
    Effect.tap(({ changes }) =>
      note(`${command}: ${changes === 0 ? "nothing to do" : `${changes} changes`}`),
    ),
    Effect.map(({ total, changes }) => ({ command, total, changes })),
  )
}

function writeStep<E, R>(command: string, work: (mode: Mode) => Effect.Effect<Outcome, E, R>) {
  return step(command, inMaintenanceTransaction(write, work))
}

// Drawing takes libraries that no other step needs.
const loadReport = Effect.promise(() => import("../report/report.ts"))

const writeReport = Effect.fnUntraced(function* (file: string) {
  const { renderReport, writeReport } = yield* loadReport
  const page = yield* inMaintenanceTransaction({ ...write, mode: "check" }, () =>
    renderReport({ players: true }),
  )
  return yield* writeReport(file, page)
})

/**
 * The suite's main job from end to end, on bundled data: schema, wiki pages, definitions, a player,
 * battle reports, sync and reparse. Every step does what the command of its name does, and a second
 * run finds nothing left to do. Reports each step's totals, then the status, and draws all of it in a
 * file.
 */
export const quickstart = Effect.fnUntraced(function* (reportFile: string) {
  const done = yield* Effect.all([
    step("migrate", migrate(write)),
    writeStep("rebuild-wiki-definitions", rebuildFromBundledPages),
    writeStep("players and patch-boundaries", () => addDemo),
    step("import-battle-reports", importBundledReports),
    writeStep("sync-player-state", syncAllPlayers),
    step("reparse-battle-reports", reparseReports(write, everyReport)),
  ])
  const status = yield* inMaintenanceTransaction({ ...write, mode: "check" }, () => databaseStatus)
  const report = yield* writeReport(reportFile)
  const changes = done.reduce((sum, outcome) => sum + outcome.changes, 0)
  return {
    units: [
      ...done.map(({ command, total }) => ({ step: command, ...total })),
      ...status.units,
      ...report.units.map((unit) => ({ area: "report", ...unit })),
    ],
    total: { changes },
    changes,
  } satisfies Outcome
})
