#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { openSource } from "../lib/adoption/source/open-source.ts"
import { intentFlags, parseIntent, switchFlag } from "../lib/command/flags.ts"
import { inMaintenanceTransaction, runMaintenance } from "../lib/command/maintain.ts"
import { runCommand } from "../lib/command/run-command.ts"
import { partOfWrite } from "../lib/database/batches.ts"
import { UsageError } from "../lib/terminal/exit.ts"

const flags = {
  from: Flag.String("from").pipe(
    Flag.withSchema(Schema.NonEmptyString),
    Flag.withDescription("The Django site's database: a postgres:// address, or its SQLite file"),
    Flag.withMetavar("address|file"),
  ),
  verify: switchFlag("verify", "Compare what was adopted with the source; change nothing"),
  ...intentFlags,
}

// Help and wrong calls need none of what an adoption takes.
const loadAdoption = Effect.promise(() => import("../lib/adoption/adopt.ts"))

export const command = Command.make(
  "adopt",
  flags,
  Effect.fnUntraced(function* ({ from, verify: isVerification, ...rest }) {
    if (isVerification && (rest.check || rest.write))
      return yield* new UsageError({
        message: "--verify goes without --check and --write: it only looks.",
      })
    const intent = yield* Effect.fromResult(
      parseIntent(isVerification ? { ...rest, check: true } : rest),
    )
    const source = yield* openSource(from)
    const { adopt, hasMany, verify } = yield* loadAdoption
    const isInParts = intent.mode === "write" && (yield* hasMany(source))
    yield* runMaintenance(
      "adopt",
      intent,
      isInParts
        ? adopt("write", source, partOfWrite(intent.lockTimeout))
        : inMaintenanceTransaction(intent, (mode) =>
            isVerification ? verify(source) : adopt(mode, source),
          ),
    )
  }, Effect.scoped),
).pipe(
  Command.withDescription(
    "Takes over everything that a Django TowerStats has, whose database is only read, and verifies it.",
  ),
  Command.withExamples([
    {
      command: "bun run adopt --from postgres://site@db.example/towerstats --check",
      description: "See what would be copied, merged and kept aside",
    },
    {
      command: "bun run adopt --from db.sqlite3 --write",
      description: "Take over an installation in an SQLite file",
    },
    {
      command: "bun run adopt --from db.sqlite3 --verify",
      description: "Compare at any later time",
    },
  ]),
)

if (import.meta.main) runCommand(command)
