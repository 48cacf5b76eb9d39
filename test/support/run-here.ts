import { Console as NodeConsole } from "node:console"
import { Writable } from "node:stream"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Struct from "effect/Struct"
import { exitCodeOf, withArguments } from "../../lib/command/run-command.ts"
import { Streams } from "../../lib/terminal/streams.ts"
import { command as adopt } from "../../scripts/adopt.ts"
import { command as deploy } from "../../scripts/deploy.ts"
import { command as exportDefinitions } from "../../scripts/export-definitions.ts"
import { command as fetchWikiData } from "../../scripts/fetch-wiki-data.ts"
import { command as importBattleReports } from "../../scripts/import-battle-reports.ts"
import { command as migrate } from "../../scripts/migrate.ts"
import { command as patchBoundaries } from "../../scripts/patch-boundaries.ts"
import { command as players } from "../../scripts/players.ts"
import { command as purgeWikiDefinitions } from "../../scripts/purge-wiki-definitions.ts"
import { command as quickstart } from "../../scripts/quickstart.ts"
import { command as rebuildWikiDefinitions } from "../../scripts/rebuild-wiki-definitions.ts"
import { command as reparseBattleReports } from "../../scripts/reparse-battle-reports.ts"
import { command as report } from "../../scripts/report.ts"
import { command as status } from "../../scripts/status.ts"
import { command as syncPlayerState } from "../../scripts/sync-player-state.ts"
import { command as wikiHistory } from "../../scripts/wiki-history.ts"
import { isLongRun } from "./long-run.ts"
import { environmentWith, type Outcome, outcomeOf, runScript } from "./scripts.ts"
import { serverUrl } from "./server-databases.ts"

const commands = {
  adopt: withArguments(adopt),
  deploy: withArguments(deploy),
  "export-definitions": withArguments(exportDefinitions),
  "fetch-wiki-data": withArguments(fetchWikiData),
  "import-battle-reports": withArguments(importBattleReports),
  migrate: withArguments(migrate),
  "patch-boundaries": withArguments(patchBoundaries),
  players: withArguments(players),
  "purge-wiki-definitions": withArguments(purgeWikiDefinitions),
  quickstart: withArguments(quickstart),
  "rebuild-wiki-definitions": withArguments(rebuildWikiDefinitions),
  "reparse-battle-reports": withArguments(reparseBattleReports),
  report: withArguments(report),
  status: withArguments(status),
  "sync-player-state": withArguments(syncPlayerState),
  "wiki-history": withArguments(wikiHistory),
}

/** The name of a command. */
export type CommandName = keyof typeof commands

/** All of them. */
export const commandNames: readonly CommandName[] = Struct.keys(commands)

const collector = () => {
  let text = ""
  const stream = new Writable({
    write: (chunk, _encoding, written) => {
      text += chunk
      written()
    },
  })
  return { stream, text: () => text }
}

/**
 * Runs a command to its end within this process, since starting another takes longer than most
 * commands. So it has no standard input, and of its environment it sees only what it reads as its
 * configuration: no proxy, and no certificate to trust. In the long run, and where
 * `TEST_DATABASE_URL` names a server, it runs in a process of its own.
 */
export const runHere = async (
  command: CommandName,
  flags: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> => {
  if (isLongRun || serverUrl !== undefined) return runScript(command, flags, environment)
  const stdout = collector()
  const stderr = collector()
  const console = new NodeConsole(stdout.stream, stderr.stream)
  const run: (given: readonly string[]) => Effect.Effect<void, unknown> = commands[command]
  const exit = await run(flags).pipe(
    Effect.provideService(Streams, { stdout: stdout.stream, stderr: stderr.stream }),
    Effect.provideService(Console.Console, console),
    Effect.provideService(
      ConfigProvider.ConfigProvider,
      ConfigProvider.fromEnvRecord(environmentWith(environment)),
    ),
    Effect.runPromiseExit,
  )
  const printed = { stdout: stdout.text(), stderr: stderr.text() }
  return outcomeOf({ exitCode: exitCodeOf(exit), ...printed }, environment)
}
