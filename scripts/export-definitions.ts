#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { intentFlags, parseIntent } from "../lib/command/flags.ts"
import { finish, inMaintenanceTransaction } from "../lib/command/maintain.ts"
import { runCommand } from "../lib/command/run-command.ts"
import { Database } from "../lib/database/database.ts"
import { loadOpenData, writeOpenData } from "../lib/definitions/export/export.ts"

const flags = {
  out: Flag.String("out").pipe(
    Flag.withSchema(Schema.NonEmptyString),
    Flag.withDescription("The folder to write to; nothing else should be in it"),
    Flag.withMetavar("folder"),
  ),
  check: intentFlags.check,
  write: intentFlags.write,
  exitCode: intentFlags.exitCode,
}

export const command = Command.make(
  "export-definitions",
  flags,
  Effect.fnUntraced(function* ({ out, ...rest }) {
    const intent = yield* Effect.fromResult(parseIntent({ ...rest, lockTimeout: 0 }))
    // Only files are written, never the database.
    const exported = yield* inMaintenanceTransaction(
      { ...intent, mode: "check" },
      () => loadOpenData,
    ).pipe(Effect.provide(Database.layer))
    yield* finish("export-definitions", intent, yield* writeOpenData(intent.mode, out, exported))
  }),
).pipe(
  Command.withDescription(
    "Writes the game's definitions as open data for other tools: JSON, CSV, and JSON Schemas of both. Equal definitions give equal files.",
  ),
  Command.withExamples([
    {
      command: "bun run export-definitions --out data --write",
      description: "Write or refresh the files",
    },
    {
      command: "bun run export-definitions --out data --check --exit-code",
      description: "Learn whether they are up to date",
    },
  ]),
)

if (import.meta.main) runCommand(command)
