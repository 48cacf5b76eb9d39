import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { listReportFiles, type ReportSource } from "../../lib/battle-reports/files/report-files.ts"
import { importReports } from "../../lib/battle-reports/import/import.ts"
import { transaction } from "../../lib/database/transaction.ts"
import { rebuildDefinitions } from "../../lib/definitions/rebuild.ts"
import { rebuildTargetNames } from "../../lib/definitions/targets.ts"
import { addPlayer } from "../../lib/player-state/players.ts"
import { syncAllPlayers } from "../../lib/player-state/sync.ts"
import { catalogue } from "../../lib/wiki/catalogue.ts"
import { readPages } from "../../lib/wiki/read-pages.ts"
import { savedPages } from "../../lib/wiki/source/saved-pages.ts"
import { demoPages, demoReports } from "./demo-files.ts"

/** Stores the demo pages' rows and what they define. */
export const defineDemo = Effect.gen(function* () {
  const readings = yield* readPages(yield* savedPages(demoPages), catalogue, {})
  yield* transaction("write")(
    rebuildDefinitions("write", {
      targets: rebuildTargetNames,
      readings,
      allowShrink: false,
      keepGoing: false,
    }),
  )
})

/** Stores everything that the demo has: definitions, two synced players, and alice's reports. */
export const fillWithDemo = Effect.gen(function* () {
  yield* defineDemo
  yield* transaction("write")(Effect.andThen(addPlayer("alice"), addPlayer("bob")))
  yield* transaction("write")(syncAllPlayers("write"))
  const files = yield* listReportFiles([demoReports])
  yield* importReports(
    { mode: "write", lockTimeout: Duration.zero },
    {
      username: "alice",
      createPlayer: false,
      timeZone: Option.none(),
      files,
      preset: Option.some("main"),
      isTournament: false,
    },
  )
}).pipe(Effect.scoped)

/** A source of battle reports that is a text rather than a file. */
export const textSource = (name: string, text: string): ReportSource => ({
  name,
  bytes: Stream.succeed(new TextEncoder().encode(text)),
})
