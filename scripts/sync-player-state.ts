#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { intentFlags, parseIntent, switchFlag } from "../lib/command/flags.ts"
import { maintain } from "../lib/command/maintain.ts"
import { runCommand } from "../lib/command/run-command.ts"
import { findPlayer } from "../lib/player-state/players.ts"
import { syncAllPlayers, syncPlayer } from "../lib/player-state/sync.ts"
import { UsageError } from "../lib/terminal/exit.ts"

const flags = {
  player: Flag.String("player").pipe(
    Flag.withSchema(Schema.NonEmptyString),
    Flag.withDescription("Sync the player of this account (a username, not a display name)"),
    Flag.withMetavar("username"),
    Flag.optional,
  ),
  all: switchFlag("all", "Sync every player"),
  ...intentFlags,
}

export const command = Command.make(
  "sync-player-state",
  flags,
  Effect.fnUntraced(function* ({ player, all, ...rest }) {
    const intent = yield* Effect.fromResult(parseIntent(rest))
    if (Option.isSome(player) === all)
      return yield* new UsageError({ message: "Pass exactly one of --player USERNAME and --all." })
    yield* maintain("sync-player-state", intent, (mode) =>
      Option.isSome(player)
        ? Effect.flatMap(findPlayer(player.value), (found) => syncPlayer(mode, found))
        : syncAllPlayers(mode),
    )
  }),
).pipe(
  Command.withDescription(
    "Adds the progress rows that players lack for the current definitions, and restores lost links.",
  ),
  Command.withExamples([
    { command: "bun run sync-player-state --all --check", description: "See what is missing" },
    { command: "bun run sync-player-state --player alice --write", description: "Fix one player" },
  ]),
)

if (import.meta.main) runCommand(command)
