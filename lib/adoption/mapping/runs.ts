import type { DjangoTable } from "../source/django-tables.ts"
import type { SourceRow } from "../source/source.ts"
import type { Origin } from "../tally.ts"
import type { KnownDefinition } from "./definitions.ts"
import { type Leftovers, originOf } from "./leftovers.ts"
import type { KnownReport } from "./reports.ts"

/** A table of the site that says what was used in runs. */
export interface RunTable {
  readonly table: DjangoTable
  readonly target: "runBot" | "runGuardianChip" | "runUltimateWeapon"
  readonly definitionId: string
  readonly role: "combat" | "utility" | null
}

export const runTables: readonly RunTable[] = [
  { table: "gamedata_runbot", target: "runBot", definitionId: "bot_definition_id", role: null },
  {
    table: "gamedata_runguardian",
    target: "runGuardianChip",
    definitionId: "guardian_chip_definition_id",
    role: null,
  },
  {
    table: "gamedata_runcombatultimateweapon",
    target: "runUltimateWeapon",
    definitionId: "ultimate_weapon_definition_id",
    role: "combat",
  },
  {
    table: "gamedata_runutilityultimateweapon",
    target: "runUltimateWeapon",
    definitionId: "ultimate_weapon_definition_id",
    role: "utility",
  },
]

/** A bot, chip or weapon that was used in a run; a weapon with its role. */
export interface MappedRun {
  readonly from: Origin
  readonly row: {
    readonly player_id: string
    readonly battle_report_id: string
    readonly slug: string
    readonly definition_id: string
    readonly notes: string
    readonly role: "combat" | "utility" | "unknown"
  }
}

/**
 * What was used in runs: one row for each bot, chip, or weapon in a role. Of equal ones the row with
 * notes, or the first, is the one.
 */
export const mapRuns = (
  { table, definitionId, role }: RunTable,
  rows: readonly SourceRow[],
  reports: ReadonlyMap<string, KnownReport>,
  definitions: ReadonlyMap<string, KnownDefinition>,
  leftovers: Leftovers,
): readonly MappedRun[] => {
  const groups = Map.groupBy(
    rows,
    (row) => `${row.battle_report_id} ${definitions.get(row[definitionId] ?? "")?.slug ?? row.id}`,
  )
  return [...groups.values()].flatMap((group): readonly MappedRun[] => {
    const [row = {}, ...others] = group.toSorted(
      (a, b) => Number(Boolean(b.notes)) - Number(Boolean(a.notes)) || Number(a.id) - Number(b.id),
    )
    const report = reports.get(row.battle_report_id ?? "")
    const definition = definitions.get(row[definitionId] ?? "")
    if (report === undefined || definition === undefined) {
      const why = `its ${report === undefined ? "report" : "definition"} has no place here`
      for (const each of group) leftovers.onlyKeep(table, each, why)
      return []
    }
    for (const each of others) leftovers.merge(table, each, "the run has the same already")
    if ((row.player_id ?? report.playerThere) !== report.playerThere)
      leftovers.alsoKeep(table, row, "its report is another player's, which has it here")
    return [
      {
        from: originOf(table, row),
        row: {
          player_id: report.player,
          battle_report_id: report.id,
          slug: definition.slug,
          definition_id: definition.id,
          notes: row.notes ?? "",
          role: role ?? "unknown",
        },
      },
    ]
  })
}
