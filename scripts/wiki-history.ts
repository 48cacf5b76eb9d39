#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { CalendarDate } from "../lib/command/arguments.ts"
import { runAdministration } from "../lib/command/maintain.ts"
import { runCommand } from "../lib/command/run-command.ts"
import { targetNames } from "../lib/wiki/catalogue.ts"
import { wikiHistory } from "../lib/wiki/history.ts"

const flags = {
  target: Flag.Literals("target", targetNames).pipe(
    Flag.withDescription("Only what was captured for this target"),
    Flag.optional,
  ),
  entity: Flag.String("entity").pipe(
    Flag.withSchema(Schema.NonEmptyString),
    Flag.withDescription("Only this bot, weapon, chip or card, by its slug"),
    Flag.withMetavar("slug"),
    Flag.optional,
  ),
  since: Flag.String("since").pipe(
    Flag.withSchema(CalendarDate),
    Flag.withDescription("Only changes from this day on, in UTC"),
    Flag.withMetavar("YYYY-MM-DD"),
    Flag.optional,
  ),
  limit: Flag.Int("limit").pipe(
    Flag.withSchema(Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))),
    Flag.withDescription("Show this many fields at most (default 100)"),
    Flag.withMetavar("count"),
    Flag.withDefault(100),
  ),
}

export const command = Command.make("wiki-history", flags, ({ target, entity, since, limit }) =>
  runAdministration(
    "wiki-history",
    "check",
    wikiHistory({
      target: Option.getOrNull(target),
      entity: Option.getOrNull(entity),
      since: Option.getOrNull(since),
      withRecorded: true,
      limit,
    }),
  ),
).pipe(
  Command.withDescription(
    "Shows what the wiki changed, newest first and field by field: when it was first seen, what stood there before, and where the wiki shows the edit. Reads the stored revisions alone.",
  ),
  Command.withExamples([
    { command: "bun run wiki-history --limit 20", description: "The latest changes" },
    {
      command: "bun run wiki-history --entity golden_bot",
      description: "Since when does a level cost what it costs, and who says so?",
    },
    {
      command: "bun run wiki-history --target cards_list --since 2026-01-01 --json",
      description: "What became of the cards, for a script",
    },
  ]),
)

if (import.meta.main) runCommand(command)
