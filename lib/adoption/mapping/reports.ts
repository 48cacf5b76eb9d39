import { reportChecksum } from "../../battle-reports/checksum.ts"
import type { SourceRow } from "../source/source.ts"
import type { Planned } from "../target/place.ts"
import { isStorable, isStorableJson, type Leftovers, originOf } from "./leftovers.ts"
import { playerOf, unknownTime } from "./players.ts"

/** A report of the site and its place here. */
export interface KnownReport {
  readonly id: string
  readonly player: string
  /** The site's number of the player. */
  readonly playerThere: string
  /** Whether its text says in its tier that the run was of a tournament. */
  readonly saysTournament: boolean
}

/** A preset's number here, and the player that has it. */
export interface KnownPreset {
  readonly id: string
  readonly player: string
}

const textLimit = 262_144

const isHash = (text: string | null | undefined): text is string =>
  /^[0-9a-f]{64}$/.test(text ?? "")

// One class of characters between the label and the number, so that no text takes long.
const tournamentTier = /(?:^|\n)[ \t\r]*Tier[ \t:]+\d{1,4}[ \t]*\+/i

/** Whether a report's text gives its tier as tournaments wrote it, as in `14+`. */
export const saysTournament = (text: string): boolean => tournamentTier.test(text)

/** The reports, to the byte. One that the database cannot hold is kept aside. */
export const mapReports = (
  rows: readonly SourceRow[],
  players: ReadonlyMap<string, string>,
  isKnown: (player: string, checksum: string) => boolean,
  leftovers: Leftovers,
): readonly (Planned<"battleReport"> &
  Pick<KnownReport, "player" | "playerThere"> & { readonly text: string })[] => {
  const table = "gamedata_battlereport"
  return rows.flatMap((row) => {
    const player = playerOf(table, row, players, leftovers)
    if (player === null) return []
    const refuse = (why: string) => {
      leftovers.onlyKeep(table, row, why)
      return []
    }
    const text = row.raw_text ?? ""
    // A character has at most three bytes for each of its units.
    if (text.length * 3 > textLimit && Buffer.byteLength(text) > textLimit)
      return refuse(`its text is longer than ${textLimit} bytes`)
    const checksum = isHash(row.checksum) ? row.checksum : reportChecksum(text)
    if (isKnown(player, checksum)) return refuse("its player has another report of its checksum")
    if (checksum !== row.checksum)
      leftovers.alsoKeep(table, row, "it has no valid checksum; a new one is computed")
    return {
      player,
      playerThere: row.player_id ?? "",
      text,
      from: originOf(table, row),
      row: {
        id: row.id ?? "",
        player_id: player,
        checksum,
        raw_text: text,
        parsed_at: row.parsed_at ?? unknownTime,
      },
    }
  })
}

/** The report that a row belongs to; a row whose report has no place here is kept aside. */
const reportOf = (
  table: string,
  row: SourceRow,
  reports: ReadonlyMap<string, KnownReport>,
  leftovers: Leftovers,
): KnownReport | null => {
  const report = reports.get(row.battle_report_id ?? "") ?? null
  if (report === null) leftovers.onlyKeep(table, row, "its report has no place here")
  else if ((row.player_id ?? report.playerThere) !== report.playerThere)
    leftovers.alsoKeep(table, row, "its report is another player's, which has it here")
  return report
}

const ranks: readonly string[] = ["copper", "silver", "gold", "platinum", "champions", "legends"]

const numbers = [
  ...["wave", "real_time_seconds", "gem_blocks_tapped", "cells_earned", "reroll_shards_earned"],
  ...["coins_earned", "cash_earned", "interest_earned"],
] as const

const isNumber = (text: string): boolean => /^-?\d+(?:\.\d+)?$/.test(text)

const isObject = (json: string): boolean => json.trimStart().startsWith("{")

/** What the site read from reports, and what was set by hand. */
export const mapReportProgress = (
  rows: readonly SourceRow[],
  reports: ReadonlyMap<string, KnownReport>,
  presets: ReadonlyMap<string, KnownPreset>,
  leftovers: Leftovers,
): readonly Planned<"battleReportProgress">[] => {
  const table = "gamedata_battlereportprogress"
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const report = reportOf(table, row, reports, leftovers)
    if (report === null) return []
    if (seen.has(report.id)) {
      leftovers.onlyKeep(table, row, "its report has another row of progress")
      return []
    }
    seen.add(report.id)
    const keep = (why: string) => leftovers.alsoKeep(table, row, why)
    const preset = presets.get(row.preset_id ?? "")
    const isOwn = preset?.player === report.player
    if (row.preset_id && !isOwn)
      keep(preset === undefined ? "its preset has no place here" : "its preset is another player's")
    const figure = (name: string): string | null => {
      const value = row[name] ?? null
      if (value === null || isNumber(value)) return value
      keep(`its ${name} is no number`)
      return null
    }
    const read = Object.fromEntries(numbers.map((name) => [name, figure(name)]))
    const tier = figure("tier")
    const rank = row.tournament_rank?.toLowerCase() || null
    if (rank !== null && !ranks.includes(rank)) keep("the suite does not know its rank")
    const levels = row.dissonance_levels_snapshot || null
    const areLevels = levels !== null && isObject(levels) && isStorableJson(levels)
    if (levels !== null && !areLevels && !/^(?:null|\[\])$/.test(levels))
      keep("its dissonance levels are not such by name")
    return {
      from: originOf(table, row),
      row: {
        player_id: report.player,
        battle_report_id: report.id,
        battle_date: row.battle_date ?? null,
        tier: tier === "0" ? null : tier,
        wave: read.wave ?? null,
        real_time_seconds: read.real_time_seconds ?? null,
        killed_by: row.killed_by ?? null,
        coins_earned: read.coins_earned ?? null,
        cash_earned: read.cash_earned ?? null,
        interest_earned: read.interest_earned ?? null,
        gem_blocks_tapped: read.gem_blocks_tapped ?? null,
        cells_earned: read.cells_earned ?? null,
        reroll_shards_earned: read.reroll_shards_earned ?? null,
        coins_earned_raw: row.coins_earned_raw ?? null,
        cash_earned_raw: row.cash_earned_raw ?? null,
        interest_earned_raw: row.interest_earned_raw ?? null,
        preset_id: isOwn ? preset.id : null,
        preset_name: row.preset_name_snapshot || null,
        preset_colour: row.preset_color_snapshot || null,
        is_tournament: row.is_tournament === "true" || report.saysTournament,
        tournament_rank: rank !== null && ranks.includes(rank) ? rank : null,
        is_hidden: row.is_hidden === "true",
        is_dissonance: row.is_dissonance === "true",
        dissonance_type: row.dissonance_type || null,
        dissonance_levels: areLevels ? levels : null,
      },
    }
  })
}

/** The figures that the site derived from reports. */
export const mapReportMetrics = (
  rows: readonly SourceRow[],
  reports: ReadonlyMap<string, KnownReport>,
  isTyped: boolean,
  leftovers: Leftovers,
): readonly Planned<"battleReportMetrics">[] => {
  const table = "gamedata_battlereportderivedmetrics"
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const report = reportOf(table, row, reports, leftovers)
    if (report === null) return []
    const [values, rawValues] = [row.values ?? "", row.raw_values ?? ""]
    const areObjects = [values, rawValues].every(
      (json) => isObject(json) && (isTyped ? isStorable(json) : isStorableJson(json)),
    )
    if (!areObjects || seen.has(report.id)) {
      const why = areObjects ? "its report has other figures" : "they are not figures by name"
      leftovers.onlyKeep(table, row, why)
      return []
    }
    seen.add(report.id)
    return {
      from: originOf(table, row),
      row: {
        player_id: report.player,
        battle_report_id: report.id,
        values,
        raw_values: rawValues,
      },
    }
  })
}
