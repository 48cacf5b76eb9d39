#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { intentFlags, parseIntent } from "../lib/command/flags.ts"
import { finish } from "../lib/command/maintain.ts"
import { migrate } from "../lib/command/migrate.ts"
import { runCommand } from "../lib/command/run-command.ts"
import { Database } from "../lib/database/database.ts"
import { requireOneDatabase } from "../lib/database/one-database.ts"

export const command = Command.make(
  "migrate",
  intentFlags,
  Effect.fnUntraced(function* (flags) {
    const intent = yield* Effect.fromResult(parseIntent(flags))
    const outcome = yield* Effect.andThen(requireOneDatabase, migrate(intent)).pipe(
      Effect.provide(Database.layerWith({ patience: intent.lockTimeout, way: "direct" })),
    )
    yield* finish("migrate", intent, outcome)
  }),
).pipe(
  Command.withDescription("Brings the database's schema up to date, one migration at a time."),
  Command.withExamples([
    { command: "bun run migrate --check", description: "List what is pending" },
    { command: "bun run migrate --write", description: "Apply it, each in its own transaction" },
  ]),
)

if (import.meta.main) runCommand(command)
