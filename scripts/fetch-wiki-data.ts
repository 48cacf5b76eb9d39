#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { intentFlags, parseIntent } from "../lib/cli/intent.ts"
import { maintain } from "../lib/cli/maintain.ts"
import { runCommand } from "../lib/cli/run-command.ts"
import { UsageError } from "../lib/cli/usage-error.ts"
import { wikiFlags } from "../lib/cli/wiki-flags.ts"
import { capturePages } from "../lib/wiki/capture.ts"
import { pagesFor, TARGETS } from "../lib/wiki/catalogue.ts"
import { readPages } from "../lib/wiki/source/read-pages.ts"
import { savedPages } from "../lib/wiki/source/saved-pages.ts"

const flags = {
  target: Flag.Literals("target", [...TARGETS, "all"]).pipe(
    Flag.withDescription("What to capture (default slots)"),
    Flag.withDefault("slots"),
  ),
  ...wikiFlags,
  ...intentFlags,
}

const command = Command.make(
  "fetch-wiki-data",
  flags,
  Effect.fnUntraced(function* ({ target, from, save: _, allowShrink, keepGoing, ...rest }) {
    const intent = yield* Effect.fromResult(parseIntent(rest))
    if (Option.isNone(from)) return yield* new UsageError({ message: "Pass --from" })
    const targets = target === "all" ? TARGETS : [target]
    const source = yield* savedPages(from.value)
    const readings = yield* readPages(source, pagesFor(targets), {})
    yield* maintain(intent, (mode) =>
      capturePages(mode, targets, readings, { allowShrink, keepGoing }),
    )
  }),
).pipe(
  Command.withDescription(
    "Captures tables of the wiki as versioned rows. Nothing stored is ever overwritten.",
  ),
  Command.withExamples([
    {
      command: "bun run fetch-wiki-data --target all --check",
      description: "See what has changed on the wiki",
    },
    {
      command: "bun run fetch-wiki-data --target bots --from saved-pages --write",
      description: "Capture the bots from saved pages",
    },
  ]),
)

runCommand(command)
