#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { warnOfSiteBeside } from "../lib/adoption/site-beside.ts"
import { lockTimeoutFlag, parseLockTimeout, switchFlag } from "../lib/command/flags.ts"
import { runCommand } from "../lib/command/run-command.ts"
import { Database } from "../lib/database/database.ts"
import { requireOneDatabase } from "../lib/database/one-database.ts"
import { transaction } from "../lib/database/transaction.ts"
import { deploy, deployOutcome } from "../lib/deploy/deploy.ts"
import { groupedOutput, prefixedOutput } from "../lib/deploy/step-output.ts"
import { deploySettings, deploySteps } from "../lib/deploy/steps.ts"
import { UsageError } from "../lib/terminal/exit.ts"
import { gitHubActions } from "../lib/terminal/github-actions.ts"
import { Json, printReport } from "../lib/terminal/print-report.ts"
import { reportOf } from "../lib/terminal/report.ts"

const flags = {
  write: switchFlag("write", "Run the deploy"),
  skipMigrations: switchFlag("skip-migrations", "Leave the schema as it is"),
  skipWiki: switchFlag("skip-wiki", "Leave the definitions as they are"),
  skipReparse: switchFlag("skip-reparse", "Leave what is derived from battle reports as it is"),
  lockTimeout: lockTimeoutFlag,
}

const grace = Duration.seconds(10)

export const command = Command.make(
  "deploy",
  flags,
  Effect.fnUntraced(function* ({ write, lockTimeout: seconds, ...skips }) {
    if (!write)
      return yield* new UsageError({
        message: "Refusing to run without explicit intent; pass --write.",
      })
    const lockTimeout = yield* Effect.fromResult(parseLockTimeout(seconds))
    const steps = deploySteps({ ...skips, lockTimeout }, yield* deploySettings)
    const { running } = yield* Effect.orDie(gitHubActions)
    const output = running ? groupedOutput : prefixedOutput(steps, yield* Json)
    const result = yield* Effect.andThen(
      requireOneDatabase,
      deploy(steps, { output, grace, lockTimeout }),
    ).pipe(
      // Everything is done by then: where it cannot look, as on a connection that breaks only now, or
      // without the table of adoptions, a deploy does not fail for want of a hint.
      Effect.tap(({ failure }) =>
        Option.isNone(failure)
          ? Effect.ignore(transaction("check")(warnOfSiteBeside))
          : Effect.void,
      ),
      Effect.provide(Database.layerWith({ patience: lockTimeout, way: "direct" })),
    )
    yield* printReport(reportOf("deploy", "write", deployOutcome(result)))
    if (Option.isSome(result.failure)) return yield* result.failure.value
  }),
).pipe(
  Command.withDescription(
    "Runs what a release needs: migrations, a rebuild of the wiki's definitions, a reparse of the battle reports. A failed rebuild is reported and the deploy goes on; any other failure stops it. TOWERSTATS_WIKI_OFFLINE=1 rebuilds from the stored rows; TOWERSTATS_WIKI_REBUILD_TIMEOUT_SECONDS (default 300, 0 for none) limits the rebuild.",
  ),
  Command.withExamples([
    { command: "bun run deploy --write", description: "The whole deploy, as before a release" },
    {
      command: "TOWERSTATS_WIKI_OFFLINE=1 bun run deploy --write",
      description: "Without asking the wiki",
    },
    {
      command: "bun run deploy --write --skip-wiki --lock-timeout 600",
      description: "Only schema and reports, waiting ten minutes for another deploy",
    },
  ]),
)

if (import.meta.main) runCommand(command)
