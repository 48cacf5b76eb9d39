#!/usr/bin/env bun
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { addBoundary, listBoundaries, removeBoundary } from "../lib/battle-reports/patches.ts"
import { CalendarDate, isDateLike, PlainName } from "../lib/command/arguments.ts"
import { runAdministration } from "../lib/command/maintain.ts"
import { runCommand } from "../lib/command/run-command.ts"
import { outcomeOfOne } from "../lib/terminal/report.ts"

const list = Command.make("list", {}, () =>
  runAdministration(
    "patch-boundaries list",
    "check",
    Effect.map(listBoundaries, (boundaries) => ({
      units: boundaries,
      total: { boundaries: boundaries.length },
      changes: 0,
    })),
  ),
).pipe(
  Command.withDescription("Lists the patch boundaries, oldest first."),
  Command.withExamples([
    { command: "bun run patch-boundaries list --json", description: "List them for a script" },
  ]),
)

const date = Argument.String("date").pipe(
  Argument.withSchema(CalendarDate),
  Argument.withDescription("The day the patch came out, as YYYY-MM-DD"),
)
const PatchLabel = PlainName.check(
  Schema.makeFilter((text) => !isDateLike(text) || "Expected a label that is no date"),
)
const label = Flag.String("label").pipe(
  Flag.withSchema(PatchLabel),
  Flag.withDescription("What players call the patch"),
  Flag.withDefault(""),
)

const add = Command.make("add", { date, label }, (boundary) =>
  runAdministration(
    "patch-boundaries add",
    "write",
    Effect.map(addBoundary(boundary), (done) =>
      outcomeOfOne(done.boundary, "changed", done.changed),
    ),
  ),
).pipe(
  Command.withDescription("Adds a patch boundary, or labels an existing one."),
  Command.withExamples([
    {
      command: "bun run patch-boundaries add 2026-03-30 --label v28",
      description: "Add a patch",
    },
  ]),
)

const remove = Command.make("remove", { date }, ({ date }) =>
  runAdministration(
    "patch-boundaries remove",
    "write",
    Effect.map(removeBoundary(date), (isRemoved) => outcomeOfOne({ date }, "changed", isRemoved)),
  ),
).pipe(
  Command.withDescription("Removes a patch boundary; reports stay as they are."),
  Command.withExamples([
    { command: "bun run patch-boundaries remove 2026-03-30", description: "Remove a patch" },
  ]),
)

export const command = Command.make("patch-boundaries").pipe(
  Command.withDescription("Lists, adds and removes the days on which the game was patched."),
  Command.withSubcommands([list, add, remove]),
  Command.withExamples([
    {
      command: "bun run patch-boundaries add 2026-03-30 --label v28",
      description: "Add a patch",
    },
    { command: "bun run patch-boundaries list", description: "List all boundaries" },
  ]),
)

if (import.meta.main) runCommand(command)
