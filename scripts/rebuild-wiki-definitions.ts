#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { intentFlags, parseIntent, switchFlag } from "../lib/cli/intent.ts"
import { maintain } from "../lib/cli/maintain.ts"
import { runCommand } from "../lib/cli/run-command.ts"
import { UsageError } from "../lib/cli/usage-error.ts"
import { wikiFlags } from "../lib/cli/wiki-flags.ts"
import { rebuildDefinitions, wikiTargetsOf } from "../lib/definitions/rebuild.ts"
import { REBUILD_TARGETS, rebuildTargets } from "../lib/definitions/targets.ts"
import { pagesFor } from "../lib/wiki/catalogue.ts"
import { readPages } from "../lib/wiki/source/read-pages.ts"
import { savedPages } from "../lib/wiki/source/saved-pages.ts"

const flags = {
  target: Flag.Literals("target", [...REBUILD_TARGETS, "all"]).pipe(
    Flag.withDescription("What to rebuild (default all)"),
    Flag.withDefault("all"),
  ),
  skipFetch: switchFlag("skip-fetch", "Rebuild from the stored rows; no network"),
  ...wikiFlags,
  ...intentFlags,
}

const command = Command.make(
  "rebuild-wiki-definitions",
  flags,
  Effect.fnUntraced(function* ({ target, skipFetch, from, save, allowShrink, keepGoing, ...rest }) {
    const intent = yield* Effect.fromResult(parseIntent(rest))
    const targets = rebuildTargets(target)
    const pages = pagesFor(wikiTargetsOf(targets))
    if (!skipFetch && Option.isNone(from)) return yield* new UsageError({ message: "Pass --from" })
    const readings = Option.isNone(from)
      ? Option.none()
      : Option.some(yield* readPages(yield* savedPages(from.value), pages, {}))
    yield* maintain(intent, (mode) =>
      rebuildDefinitions(mode, { targets, readings, allowShrink, keepGoing }),
    )
  }),
).pipe(
  Command.withDescription(
    "Makes definitions, parameters and levels what the wiki says. Nothing of a player's is touched.",
  ),
  Command.withExamples([
    {
      command: "bun run rebuild-wiki-definitions --check",
      description: "Fetch, and see what a rebuild would change",
    },
    {
      command: "bun run rebuild-wiki-definitions --target bots --skip-fetch --write",
      description: "Rebuild the bots from what is stored",
    },
  ]),
)

runCommand(command)
