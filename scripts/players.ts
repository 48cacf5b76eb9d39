#!/usr/bin/env bun
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { PlainName, TimeZone } from "../lib/command/arguments.ts"
import { runAdministration } from "../lib/command/maintain.ts"
import { runCommand } from "../lib/command/run-command.ts"
import { addPlayer, listPlayers, type Player, setPlayer } from "../lib/player-state/players.ts"
import { outcomeOfOne } from "../lib/terminal/report.ts"

const factsOf = ({ username, displayName, timeZone }: Player) => ({
  username,
  display_name: displayName,
  time_zone: timeZone,
})

const list = Command.make("list", {}, () =>
  runAdministration(
    "players list",
    "check",
    Effect.map(listPlayers, (players) => ({
      units: players.map(factsOf),
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
const timeZone = Flag.String("time-zone").pipe(
  Flag.withSchema(TimeZone),
  Flag.withDescription(
    "The time zone of the player's device, in which its reports are dated (default UTC)",
  ),
  Flag.withMetavar("Area/City"),
  Flag.optional,
)
const playerFlags = { username, displayName, timeZone }

const add = Command.make("add", playerFlags, ({ username, ...facts }) =>
  runAdministration(
    "players add",
    "write",
    Effect.map(addPlayer(username, facts), ({ player, added }) =>
      outcomeOfOne(factsOf(player), "added", added),
    ),
  ),
).pipe(
  Command.withDescription("Adds an account with its player; one that exists stays as it is."),
  Command.withExamples([
    {
      command: 'bun run players add alice --display-name "Alice A." --time-zone Europe/Berlin',
      description: "Add a player",
    },
  ]),
)

const set = Command.make("set", playerFlags, ({ username, ...facts }) =>
  runAdministration(
    "players set",
    "write",
    Effect.map(setPlayer(username, facts), ({ player, changed }) =>
      outcomeOfOne(factsOf(player), "changed", changed),
    ),
  ),
).pipe(
  Command.withDescription(
    "Changes a player's display name or time zone. A reparse then corrects the dates of the player's reports.",
  ),
  Command.withExamples([
    {
      command: "bun run players set alice --time-zone America/New_York",
      description: "Set the time zone of a player's device",
    },
  ]),
)

export const command = Command.make("players").pipe(
  Command.withDescription("Lists, adds and changes players."),
  Command.withSubcommands([list, add, set]),
  Command.withExamples([
    { command: "bun run players list", description: "List all players" },
    { command: "bun run players add alice", description: "Add one" },
  ]),
)

if (import.meta.main) runCommand(command)
