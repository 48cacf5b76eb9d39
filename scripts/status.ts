#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { warnOfSiteBeside } from "../lib/adoption/site-beside.ts"
import { runAdministration } from "../lib/command/maintain.ts"
import { runCommand } from "../lib/command/run-command.ts"

// Help and wrong calls need none of what the status takes.
const loadStatus = Effect.promise(() => import("../lib/status.ts"))

const status = Effect.gen(function* () {
  const { databaseStatus, outstandingWork } = yield* loadStatus
  yield* warnOfSiteBeside
  const outcome = yield* databaseStatus
  return { ...outcome, units: [...outcome.units, ...(yield* outstandingWork)] }
})

export const command = Command.make("status", {}, () =>
  runAdministration("status", "check", status),
).pipe(
  Command.withDescription(
    "Shows what is in the database: schema, wiki rows, definitions, players, reports, last deploy, and pending work.",
  ),
  Command.withExamples([
    { command: "bun run status", description: "Look at the database" },
    { command: "bun run status --json", description: "The same for a script" },
  ]),
)

if (import.meta.main) runCommand(command)
