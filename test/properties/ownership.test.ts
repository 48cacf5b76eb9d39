import { expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { onEachSchema } from "../support/databases.ts"
import { cases, patience } from "../support/long-run.ts"
import { quietly } from "../support/quiet.ts"
import { carryOut, type Maintenance } from "./commands.ts"
import { history, rebuildFromBundled, replay, syncAll, write } from "./steps.ts"

quietly()

// What belongs to players, and only that: neither links to definitions nor what reports derive.
const ownedRows = `
  select 'account' as what, to_jsonb(account)::text as row from player_state.account
  union all select 'player', to_jsonb(player)::text from player_state.player
  union all select 'goal', to_jsonb(goal)::text from player_state.goal
  union all select 'preset', to_jsonb(preset)::text from player_state.preset
  union all select 'progress', (to_jsonb(progress) - 'definition_id')::text from player_state.progress
  union all select 'level', (to_jsonb(reached) - 'parameter_id')::text
    from player_state.parameter_progress as reached
  union all select 'card of a preset', to_jsonb(progress_preset)::text
    from player_state.progress_preset
  union all select 'report', to_jsonb(report)::text from gamedata.battle_report as report
  union all select 'run', jsonb_build_array(battle_report_id, player_id, preset_id, preset_name,
      preset_colour, is_tournament, tournament_rank, is_hidden, is_dissonance, dissonance_type,
      dissonance_levels)::text from gamedata.battle_report_progress
  union all select 'metrics', battle_report_id::text from gamedata.battle_report_metrics
  union all select 'bot', (to_jsonb(used) - 'definition_id')::text from gamedata.run_bot as used
  union all select 'weapon', (to_jsonb(used) - 'definition_id')::text
    from gamedata.run_ultimate_weapon as used
  union all select 'chip', (to_jsonb(used) - 'definition_id')::text
    from gamedata.run_guardian_chip as used`

// Each link to a definition or parameter, by its target.
const linkedRows = `
  select 'progress' as what, concat_ws(' ', progress.id, definition.kind, definition.slug) as row
  from player_state.progress join definitions.definition on definition.id = definition_id
  union all
  select 'level', concat_ws(' ', reached.progress_id, definition.kind, definition.slug, parameter.key)
  from player_state.parameter_progress as reached
  join definitions.parameter on parameter.id = parameter_id
  join definitions.definition on definition.id = parameter.definition_id
  union all
  select 'run', concat_ws(' ', battle_report_id, definition.kind, definition.slug)
  from (
    select battle_report_id, definition_id from gamedata.run_bot
    union all select battle_report_id, definition_id from gamedata.run_ultimate_weapon
    union all select battle_report_id, definition_id from gamedata.run_guardian_chip
  ) as used join definitions.definition on definition.id = definition_id`

const unlinkedRows = `
  select 'progress' as what, slug as row from player_state.progress where definition_id is null
  union all select 'level', key from player_state.parameter_progress where parameter_id is null
  union all select 'run', slug from gamedata.run_bot where definition_id is null
  union all select 'run', slug from gamedata.run_ultimate_weapon where definition_id is null
  union all select 'run', slug from gamedata.run_guardian_chip where definition_id is null`

onEachSchema("what belongs to players", (database) => {
  const rowsOf = (query: string) =>
    Effect.promise(async () => {
      const rows = await database.sql.unsafe<{ what: string; row: string }[]>(query)
      return rows.map(({ what, row }) => `${what} ${row}`).sort()
    })

  // An import may put its runs, new or stored, under a preset or mark them; nothing else.
  const filesRuns = (call: Maintenance): boolean =>
    call.command === "import" && (call.preset !== null || call.isTournament)
  const withoutFiling = ownedRows.replace(
    "preset_id, preset_name,\n      preset_colour, is_tournament, tournament_rank",
    "tournament_rank",
  )

  const keepsEverything = Effect.fnUntraced(function* (call: Maintenance) {
    const rows = rowsOf(filesRuns(call) ? withoutFiling : ownedRows)
    const before = yield* rows
    yield* carryOut(call, "write")
    const after = new Set(yield* rows)
    expect(before.filter((row) => !after.has(row))).toEqual([])
  })

  test(
    "what belongs to players stays as it is, whatever commands do",
    () =>
      fc.assert(
        fc.asyncProperty(history, (steps) =>
          database.run(replay(database, steps, keepsEverything)),
        ),
        { numRuns: cases(6, 400) },
      ),
    patience,
  )

  const purgeAndBack = Effect.gen(function* () {
    yield* write(rebuildFromBundled)
    yield* write(syncAll)
    expect(yield* rowsOf(unlinkedRows)).toEqual([])
    const links = yield* rowsOf(linkedRows)
    const owned = yield* rowsOf(ownedRows)
    yield* write({ command: "purge" })
    expect(yield* rowsOf(linkedRows)).toEqual([])
    yield* write({ ...rebuildFromBundled, wiki: null })
    yield* write(syncAll)
    expect(yield* rowsOf(linkedRows)).toEqual(links)
    expect(yield* rowsOf(ownedRows)).toEqual(owned)
  })

  test(
    "every link and level is back after a purge, a rebuild and a sync",
    () =>
      fc.assert(
        fc.asyncProperty(history, (steps) =>
          database.run(
            Effect.andThen(
              replay(database, steps, (call) => carryOut(call, "write")),
              purgeAndBack,
            ),
          ),
        ),
        { numRuns: cases(5, 300) },
      ),
    patience,
  )
})
