import type { Input } from "./input.ts"

/** A command that writes, on a database that gives it much to write. */
export interface Writer {
  readonly command: string
  readonly flags: (input: Input) => readonly string[]
  /** What happens to a database in use before, as SQL; null for a database with nothing in it. */
  readonly before: string | null
}

/** Every command that writes. */
export const writers: readonly Writer[] = [
  { command: "migrate", flags: () => ["--write"], before: null },
  {
    command: "fetch-wiki-data",
    flags: ({ pages }) => ["--target", "all", "--from", pages, "--write"],
    before: "",
  },
  {
    command: "rebuild-wiki-definitions",
    flags: ({ pages }) => ["--from", pages, "--write"],
    before: "",
  },
  { command: "purge-wiki-definitions", flags: () => ["--force"], before: "" },
  {
    command: "sync-player-state",
    flags: () => ["--all", "--write"],
    before: `
      update player_state.progress set definition_id = null where kind = 'bot';
      update player_state.parameter_progress set parameter_id = null where key = 'cooldown';
      delete from player_state.progress where kind <> 'bot';
      update gamedata.run_bot set definition_id = null`,
  },
  {
    command: "import-battle-reports",
    flags: ({ reports }) => ["--player", "bob", "--preset", "farming", reports, "--write"],
    before: "",
  },
  {
    command: "reparse-battle-reports",
    flags: () => ["--write"],
    before: `
      update gamedata.battle_report_progress set wave = 1, coins_earned = null;
      update gamedata.battle_report_metrics set values = '{}';
      delete from gamedata.run_bot`,
  },
]
