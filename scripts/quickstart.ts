#!/usr/bin/env bun
import { resolve } from "node:path"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { runCommand } from "../lib/command/run-command.ts"
import { Database } from "../lib/database/database.ts"
import { embeddedLocation } from "../lib/database/database-location.ts"
import { quickstart } from "../lib/demo/quickstart.ts"
import { note } from "../lib/terminal/notice.ts"
import { printReport } from "../lib/terminal/print-report.ts"
import { reportOf } from "../lib/terminal/report.ts"

export const command = Command.make(
  "quickstart",
  {},
  Effect.fnUntraced(function* () {
    const location = yield* embeddedLocation
    const reportFile = resolve(location.folder, "../towerstats.html")
    const outcome = yield* Effect.provide(quickstart(reportFile), Database.layerAt(location))
    yield* printReport(reportOf("quickstart", "write", outcome))
    yield* note(
      outcome.changes > 0
        ? "Done. Run it again: it finds nothing left to do."
        : "Nothing has changed: everything was in place already.",
    )
    yield* note(`Look at it in a browser: ${reportFile}`)
  }),
).pipe(
  Command.withDescription(
    "Runs the main job on the embedded database, with the wiki pages and battle reports of this repository. Safe to run again.",
  ),
  Command.withExamples([{ command: "bun run quickstart", description: "See the suite at work" }]),
)

if (import.meta.main) runCommand(command)
