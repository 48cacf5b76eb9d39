import { resolve } from "node:path"
import type { CommandName } from "../support/run-here.ts"
import type { Input } from "./input.ts"

/** A command that writes, and how to give it something to write. */
export interface Writer<Name extends string = string> {
  readonly command: Name
  /** The script that runs the command, where that is not the command's own. */
  readonly script?: string
  readonly flags: (input: Input) => readonly string[]
  /** SQL that gives the command something to do on a database in use. */
  readonly before: string
  /** The last of the tables it writes to. */
  readonly lastTable: string
}

/** The writer of schemas. */
export const migrate: Writer = {
  command: "migrate",
  flags: () => ["--write"],
  before: "drop schema gamedata, player_state, definitions, towerstats cascade",
  lastTable: "towerstats.schema_migration",
}

/** All others, which need the current schema. */
export const maintainers: readonly Writer<CommandName>[] = [
  {
    command: "fetch-wiki-data",
    flags: ({ pages }) => ["--target", "all", "--from", pages, "--write"],
    before: "",
    lastTable: "definitions.wiki_data",
  },
  {
    command: "rebuild-wiki-definitions",
    flags: ({ pages }) => ["--from", pages, "--write"],
    before: "",
    lastTable: "definitions.parameter_level",
  },
  {
    command: "purge-wiki-definitions",
    flags: () => ["--force"],
    before: "",
    lastTable: "player_state.progress",
  },
  {
    command: "sync-player-state",
    flags: () => ["--all", "--write"],
    before: `
      update player_state.progress set definition_id = null where kind = 'bot';
      update player_state.parameter_progress set parameter_id = null where key = 'cooldown';
      delete from player_state.progress where kind <> 'bot'`,
    lastTable: "player_state.parameter_progress",
  },
  {
    command: "import-battle-reports",
    flags: ({ reports }) => ["--player", "bob", "--preset", "farming", reports, "--write"],
    before: "",
    lastTable: "gamedata.run_bot",
  },
  {
    command: "reparse-battle-reports",
    flags: () => ["--write"],
    before: `
      update gamedata.battle_report_progress set wave = 1, coins_earned = null;
      update gamedata.battle_report_metrics set values = '{}';
      delete from gamedata.run_bot;
      delete from definitions.unit`,
    lastTable: "gamedata.run_bot",
  },
]

/** An import that is committed in batches. */
export const importerInBatches: Writer = {
  command: "import-battle-reports",
  script: resolve(import.meta.dir, "import-in-batches.ts"),
  flags: ({ reports }) => ["--player", "bob", "--preset", "farming", reports, "--write"],
  before: "",
  lastTable: "gamedata.run_bot",
}

/** One of them, by its command's name. */
export const writerOf = (command: string): Writer => {
  const writer = maintainers.find((candidate) => candidate.command === command)
  if (writer === undefined) throw new Error(`no command ${command}`)
  return writer
}
