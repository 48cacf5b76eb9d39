#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { intentFlags, parseIntent, switchFlag, wikiFlags } from "../lib/command/flags.ts"
import { maintain } from "../lib/command/maintain.ts"
import { runCommand } from "../lib/command/run-command.ts"
import { requireKnownEntities } from "../lib/definitions/known-entities.ts"
import { UsageError } from "../lib/terminal/exit.ts"
import type { Outcome } from "../lib/terminal/report.ts"
import { capturePages } from "../lib/wiki/capture.ts"
import { pagesFor, targetNames, targetsOf } from "../lib/wiki/catalogue.ts"
import { customPage } from "../lib/wiki/custom-page.ts"
import { discoverPages, withDiscovered } from "../lib/wiki/discover.ts"
import { readPages } from "../lib/wiki/read-pages.ts"
import { chooseSource } from "../lib/wiki/source/choose-source.ts"

const flags = {
  target: Flag.Literals("target", [...targetNames, "all"]).pipe(
    Flag.withDescription("What to capture (default slots)"),
    Flag.withDefault("slots"),
  ),
  url: Flag.String("url").pipe(
    Flag.withSchema(Schema.URLFromString),
    Flag.withDescription("Read this page for the target in place of the wiki's"),
    Flag.withMetavar("address"),
    Flag.optional,
  ),
  tableIndexes: Flag.Int("table-index").pipe(
    Flag.withSchema(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
    Flag.withDescription("Take this table of the page (0 is the first); may be repeated"),
    Flag.withMetavar("n"),
    Flag.between(0, 100),
  ),
  discover: switchFlag(
    "discover",
    "Also read the wiki's lists of bots, weapons and chips, and name pages the catalogue lacks",
  ),
  ...wikiFlags,
  ...intentFlags,
}

export const command = Command.make(
  "fetch-wiki-data",
  flags,
  Effect.fnUntraced(function* ({ target, url, tableIndexes, discover, from, save, ...rest }) {
    const intent = yield* Effect.fromResult(parseIntent(rest))
    if (target === "all" && (Option.isSome(url) || tableIndexes.length > 0))
      return yield* new UsageError({ message: "--url and --table-index need one --target." })
    if (Option.isSome(url) && !/^https?:$/.test(url.value.protocol))
      return yield* new UsageError({ message: "--url takes an http or https address." })
    const targets = targetsOf(target)
    const pages =
      target !== "all" && Option.isSome(url) ? [customPage(url.value, target)] : pagesFor(targets)
    const source = yield* chooseSource({ from, save })
    const readings = yield* readPages(source, pages, { tableIndexes })
    if (target !== "all" && Option.isSome(url)) yield* requireKnownEntities(target, readings.pages)
    const discovered = discover ? yield* discoverPages(source) : null
    yield* maintain(
      "fetch-wiki-data",
      intent,
      Effect.fnUntraced(function* (mode) {
        const outcome: Outcome = yield* capturePages(mode, targets, readings, rest)
        return discovered === null ? outcome : yield* withDiscovered(mode, discovered, outcome)
      }),
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
    {
      command: "bun run fetch-wiki-data --target all --discover --check --exit-code",
      description: "Report new pages too, as a scheduled run does",
    },
    {
      command: "bun run fetch-wiki-data --target slots --table-index 2 --check",
      description: "Try another table of the page",
    },
  ]),
)

if (import.meta.main) runCommand(command)
