#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { intentFlags, parseIntent, switchFlag, wikiFlags } from "../lib/command/flags.ts"
import { maintain } from "../lib/command/maintain.ts"
import { runCommand } from "../lib/command/run-command.ts"
import { rebuildTargetNames, rebuildTargets, wikiTargetsOf } from "../lib/definitions/targets.ts"
import { UsageError } from "../lib/terminal/exit.ts"
import { diffPages } from "../lib/wiki/capture.ts"
import { pagesFor } from "../lib/wiki/catalogue.ts"
import { readPages } from "../lib/wiki/read-pages.ts"
import { chooseSource } from "../lib/wiki/source/choose-source.ts"

const flags = {
  target: Flag.Literals("target", [...rebuildTargetNames, "all"]).pipe(
    Flag.withDescription("What to rebuild (default all)"),
    Flag.withDefault("all"),
  ),
  skipFetch: switchFlag("skip-fetch", "Rebuild from the stored rows; no network"),
  diffs: switchFlag("diffs", "Only show, field by field, what has changed on the wiki"),
  ...wikiFlags,
  ...intentFlags,
}

// Help and wrong calls need none of what a rebuild takes.
const loadRebuild = Effect.promise(() => import("../lib/definitions/rebuild.ts"))

export const command = Command.make(
  "rebuild-wiki-definitions",
  flags,
  Effect.fnUntraced(function* ({ target, skipFetch, diffs, from, save, ...rest }) {
    if (diffs && rest.write)
      return yield* new UsageError({
        message: "--diffs only shows changes; use it without --write.",
      })
    if (skipFetch && !diffs && (Option.isSome(from) || Option.isSome(save)))
      return yield* new UsageError({
        message: "--skip-fetch reads no pages; use it without --from and --save.",
      })
    const intent = yield* Effect.fromResult(parseIntent({ ...rest, check: rest.check || diffs }))
    const targets = rebuildTargets(target)
    const read = Effect.flatMap(chooseSource({ from, save }), (source) =>
      readPages(source, pagesFor(wikiTargetsOf(targets)), {}),
    )
    if (diffs) {
      const readings = yield* read
      return yield* maintain("rebuild-wiki-definitions", { ...intent, reportedAs: "diffs" }, () =>
        diffPages(wikiTargetsOf(targets), readings, rest),
      )
    }
    const readings = skipFetch ? null : yield* read
    const { rebuildDefinitions } = yield* loadRebuild
    yield* maintain("rebuild-wiki-definitions", intent, (mode) =>
      rebuildDefinitions(mode, { targets, readings, ...rest }),
    )
  }),
).pipe(
  Command.withDescription(
    "Updates definitions, parameters and levels to what the wiki says. No player's data is touched.",
  ),
  Command.withExamples([
    {
      command: "bun run rebuild-wiki-definitions --check",
      description: "Fetch the wiki and see what a rebuild would change",
    },
    {
      command: "bun run rebuild-wiki-definitions --diffs --target bots",
      description: "See which cells of the bots' tables were edited",
    },
    {
      command: "bun run rebuild-wiki-definitions --skip-fetch --write",
      description: "Rebuild from what is stored",
    },
  ]),
)

if (import.meta.main) runCommand(command)
