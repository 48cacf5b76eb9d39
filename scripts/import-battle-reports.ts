#!/usr/bin/env bun
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { listReportFiles, standardInput } from "../lib/battle-reports/files/report-files.ts"
import { PlainName, TimeZone } from "../lib/command/arguments.ts"
import { intentFlags, parseIntent, switchFlag } from "../lib/command/flags.ts"
import { runMaintenance } from "../lib/command/maintain.ts"
import { runCommand } from "../lib/command/run-command.ts"
import { UsageError } from "../lib/terminal/exit.ts"

const flags = {
  player: Flag.String("player").pipe(
    Flag.withSchema(PlainName),
    Flag.withDescription("The username of the account whose player ran these"),
    Flag.withMetavar("username"),
  ),
  preset: Flag.String("preset").pipe(
    Flag.withSchema(PlainName),
    Flag.withDescription("File the runs under this preset of the player; created if missing"),
    Flag.withMetavar("name"),
    Flag.optional,
  ),
  tournament: switchFlag("tournament", "Mark the runs as tournament runs"),
  createPlayer: switchFlag("create-player", "Create the account and its player if missing"),
  timeZone: Flag.String("time-zone").pipe(
    Flag.withSchema(TimeZone),
    Flag.withDescription(
      "The time zone of the player's device, kept for a new player (default UTC)",
    ),
    Flag.withMetavar("Area/City"),
    Flag.optional,
  ),
  ...intentFlags,
  files: Argument.String("files").pipe(
    Argument.withSchema(Schema.NonEmptyString),
    Argument.withDescription("Report files, folders of .txt files, or - for standard input"),
    Argument.variadic({ min: 1 }),
  ),
}

// Help and wrong calls need none of what an import takes.
const loadImport = Effect.promise(() => import("../lib/battle-reports/import/import.ts"))

/** The command itself, which tests run with other sizes of its batches too. */
export const command = Command.make(
  "import-battle-reports",
  flags,
  Effect.fnUntraced(function* ({ player, tournament, files, ...rest }) {
    const intent = yield* Effect.fromResult(parseIntent(rest))
    if (files.indexOf(standardInput) !== files.lastIndexOf(standardInput))
      return yield* new UsageError({
        message: "Give - only once: standard input can be read only once.",
      })
    const sources = yield* listReportFiles(files)
    const { importReports } = yield* loadImport
    yield* runMaintenance(
      "import-battle-reports",
      intent,
      importReports(intent, {
        ...rest,
        username: player,
        files: sources,
        isTournament: tournament,
      }),
    )
  }, Effect.scoped),
).pipe(
  Command.withDescription(
    "Imports a player's battle reports. A file may hold many; those already stored are counted and skipped. All files are read before anything is stored, and a text that is no report stops the import. Up to 2,000 reports are stored as a whole or not at all; more are committed in batches, and what is stored stays if the import is interrupted: run it again, and it goes on.",
  ),
  Command.withExamples([
    {
      command: "bun run import-battle-reports --player alice reports/ --check",
      description: "See what importing a folder would add",
    },
    {
      command: "pbpaste | bun run import-battle-reports --player alice - --write",
      description: "Import the report on the clipboard",
    },
  ]),
)

if (import.meta.main) runCommand(command)
