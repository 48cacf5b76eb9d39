#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { switchFlag } from "../lib/command/flags.ts"
import { runAdministration } from "../lib/command/maintain.ts"
import { runCommand } from "../lib/command/run-command.ts"

const flags = {
  out: Flag.String("out").pipe(
    Flag.withSchema(Schema.NonEmptyString),
    Flag.withDescription("The file to write (default towerstats.html)"),
    Flag.withMetavar("file"),
    Flag.withDefault("towerstats.html"),
  ),
  players: switchFlag("players", "Name the players, with pictures of each one's runs"),
}

// Drawing takes libraries that nobody who asks for help should wait for.
const loadReport = Effect.promise(() => import("../lib/report/report.ts"))

export const command = Command.make("report", flags, ({ out, players }) =>
  runAdministration(
    "report",
    "check",
    Effect.flatMap(loadReport, ({ renderReport, writeReport }) =>
      Effect.flatMap(renderReport({ players }), (markup) => writeReport(out, markup)),
    ),
  ),
).pipe(
  Command.withDescription(
    "Writes one page with pictures of what the database holds, which any browser opens without a network. Reads only; without --players nobody is named.",
  ),
  Command.withExamples([
    { command: "bun run report", description: "Look at everything, in towerstats.html" },
    {
      command: "bun run report --players --out club.html",
      description: "The same with a part for each player",
    },
  ]),
)

if (import.meta.main) runCommand(command)
