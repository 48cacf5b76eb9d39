import * as Effect from "effect/Effect"
import { execute } from "../../lib/database/query.ts"
import { demoPages, demoReports, fillWithDemo } from "../support/demo-data.ts"

/** A call of a command that has something to write. */
export interface ReadyWrite {
  readonly command: string
  readonly flags: readonly string[]
  /** The last of the tables it writes to. */
  readonly lastTable: string
}

/** A call of each command that writes, on a database that is filled as below. */
export const readyWrites: readonly ReadyWrite[] = [
  {
    command: "fetch-wiki-data",
    flags: ["--target", "all", "--from", demoPages, "--write"],
    lastTable: "definitions.wiki_data",
  },
  {
    command: "rebuild-wiki-definitions",
    flags: ["--from", demoPages, "--write"],
    lastTable: "definitions.parameter_level",
  },
  {
    command: "purge-wiki-definitions",
    flags: ["--force"],
    lastTable: "player_state.progress",
  },
  {
    command: "sync-player-state",
    flags: ["--all", "--write"],
    lastTable: "player_state.parameter_progress",
  },
  {
    command: "import-battle-reports",
    flags: ["--player", "bob", demoReports, "--write"],
    lastTable: "gamedata.run_bot",
  },
  {
    command: "reparse-battle-reports",
    flags: ["--write"],
    lastTable: "gamedata.run_bot",
  },
]

const disturbances = [
  "update definitions.parameter_level set value_raw = 'x' where level = 1",
  "delete from player_state.progress where kind = 'bot'",
  "update gamedata.battle_report_progress set wave = 1",
  "delete from gamedata.run_bot",
]

/** The demo's data, with something left to do for each command. */
export const fillWithWork = Effect.andThen(
  fillWithDemo,
  Effect.forEach(disturbances, (statement) => execute((sql) => sql.unsafe(statement))),
)
