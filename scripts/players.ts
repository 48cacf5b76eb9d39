#!/usr/bin/env bun
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { PlainName } from "../lib/command/arguments.ts"
import { runAdministration } from "../lib/command/maintain.ts"
import { runCommand } from "../lib/command/run-command.ts"
import { addPlayer, listPlayers } from "../lib/player-state/players.ts"

const list = Command.make("list", {}, () =>
  runAdministration(
    "players list",
    "check",
    Effect.map(listPlayers, (players) => ({
      units: players.map(({ username, displayName }) => ({ username, display_name: displayName })),
      total: { players: players.length },
      changes: 0,
    })),
  ),
).pipe(
  Command.withDescription("Lists the players, by username."),
  Command.withExamples([
    { command: "bun run players list --json", description: "List them for a script" },
  ]),
)

const username = Argument.String("username").pipe(
  Argument.withSchema(PlainName),
  Argument.withDescription("The username of the owning account"),
)
const displayName = Flag.String("display-name").pipe(
  Flag.withSchema(PlainName),
  Flag.withDescription("The name shown to others (default: the username)"),
  Flag.optional,
)

const add = Command.make("add", { username, displayName }, ({ username, displayName }) =>
  runAdministration(
    "players add",
    "write",
    Effect.map(addPlayer(username, displayName), ({ player, added }) => ({
      units: [{ username: player.username, display_name: player.displayName }],
      total: { added: added ? 1 : 0, unchanged: added ? 0 : 1 },
      changes: added ? 1 : 0,
    })),
  ),
).pipe(
  Command.withDescription("Adds an account with its player; one that exists stays as it is."),
  Command.withExamples([
    { command: 'bun run players add alice --display-name "Alice A."', description: "Add a player" },
  ]),
)

const command = Command.make("players").pipe(
  Command.withDescription("Lists and adds players."),
  Command.withSubcommands([list, add]),
  Command.withExamples([
    { command: "bun run players list", description: "List all players" },
    { command: "bun run players add alice", description: "Add one" },
  ]),
)

runCommand(command)
