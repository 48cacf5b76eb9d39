#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { parseShard } from "../lib/battle-reports/reparse/shard.ts"
import { intentFlags, parseIntent } from "../lib/command/flags.ts"
import { runMaintenance } from "../lib/command/maintain.ts"
import { runCommand } from "../lib/command/run-command.ts"

const flags = {
  limit: Flag.Int("limit").pipe(
    Flag.withSchema(Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))),
    Flag.withDescription("Only this many of the newest reports, after every other filter"),
    Flag.withMetavar("count"),
    Flag.optional,
  ),
  patch: Flag.String("patch").pipe(
    Flag.withSchema(Schema.NonEmptyString),
    Flag.withDescription("Only reports of this patch: the label or the date of its boundary"),
    Flag.withMetavar("label|YYYY-MM-DD"),
    Flag.optional,
  ),
  jobs: Flag.Int("jobs").pipe(
    Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 64 }))),
    Flag.withDescription("Read in so many processes, each a part of the players (default 1)"),
    Flag.withMetavar("count"),
    Flag.withDefault(1),
  ),
  shard: Flag.String("shard").pipe(
    Flag.filterMap(parseShard, () => "Expected I/N, as 2/8 for the second of eight shards"),
    Flag.withDescription("Only the players of the I-th of N shards, as for one of N machines"),
    Flag.withMetavar("I/N"),
    Flag.optional,
  ),
  ...intentFlags,
}

// Help and wrong calls need none of what a reparse takes.
const loadReparse = Effect.promise(() => import("../lib/battle-reports/reparse/reparse.ts"))

export const command = Command.make(
  "reparse-battle-reports",
  flags,
  Effect.fnUntraced(function* ({ limit, patch, jobs, shard, ...rest }) {
    const intent = yield* Effect.fromResult(parseIntent(rest))
    const { reparseReports } = yield* loadReparse
    yield* runMaintenance(
      "reparse-battle-reports",
      intent,
      reparseReports(
        intent,
        {
          patch: Option.getOrNull(patch),
          limit: Option.getOrNull(limit),
          shard: Option.getOrNull(shard),
        },
        jobs,
      ),
    )
  }),
).pipe(
  Command.withDescription(
    "Reads stored battle reports again and refreshes what is derived from them. Texts and what was set by hand stay.",
  ),
  Command.withExamples([
    { command: "bun run reparse-battle-reports --check", description: "See what would change" },
    {
      command: "bun run reparse-battle-reports --patch v28 --limit 100 --write",
      description: "Refresh the newest hundred reports of a patch",
    },
    {
      command: "bun run reparse-battle-reports --shard 2/8 --jobs 4 --write",
      description: "The second of eight machines, with four processes",
    },
  ]),
)

if (import.meta.main) runCommand(command)
