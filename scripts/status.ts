#!/usr/bin/env bun
import * as Command from "effect/cli/Command"
import { administer } from "../lib/cli/administer.ts"
import { runCommand } from "../lib/cli/run-command.ts"
import { databaseStatus } from "../lib/database/status.ts"

const command = Command.make("status", {}, () => administer("check", databaseStatus)).pipe(
  Command.withDescription(
    "Shows what is in the database: schema, wiki rows, definitions, players, reports, last deploy.",
  ),
  Command.withExamples([
    { command: "bun run status", description: "Look at the database" },
    { command: "bun run status --json", description: "The same for a script" },
  ]),
)

runCommand(command)
