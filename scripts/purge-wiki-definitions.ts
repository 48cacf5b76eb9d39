#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { deletionFlags, parseIntent } from "../lib/command/flags.ts"
import { maintain } from "../lib/command/maintain.ts"
import { runCommand } from "../lib/command/run-command.ts"
import { purgeDefinitions } from "../lib/definitions/purge.ts"

export const command = Command.make(
  "purge-wiki-definitions",
  deletionFlags,
  Effect.fnUntraced(function* (flags) {
    const intent = yield* Effect.fromResult(parseIntent(flags))
    yield* maintain("purge-wiki-definitions", intent, purgeDefinitions)
  }),
).pipe(
  Command.withDescription(
    "Deletes all definitions, parameters and levels, and nothing else. A rebuild and a sync bring them and every player's links back.",
  ),
  Command.withExamples([
    { command: "bun run purge-wiki-definitions --check", description: "Count what would go" },
    { command: "bun run purge-wiki-definitions --force", description: "Delete it" },
  ]),
)

if (import.meta.main) runCommand(command)
