import type { Sql, Statement } from "../database/database.ts"

/** A range of player ids, both ends included. */
export interface PlayerRange {
  readonly first: number
  readonly last: number
}

/**
 * One thing a sync fixes. `rows` selects what is wrong, each row with its `player_id`; `apply`
 * fixes exactly those rows and returns the `player_id` of each.
 */
export interface SyncStep {
  readonly name: string
  readonly rows: (sql: Sql, players: PlayerRange) => Statement
  readonly apply: (sql: Sql, rows: Statement) => Statement
}

// A single player is named as such, so that only that player's partition is looked through.
const among = (sql: Sql, { first, last }: PlayerRange) =>
  first === last ? sql`= ${first}` : sql`between ${first} and ${last}`

const progressCreated: SyncStep = {
  name: "progress_created",
  rows: (sql, players) => sql`
    select player.id as player_id, definition.kind, definition.slug, definition.id as definition_id
    from player_state.player cross join definitions.definition
    left join player_state.progress on progress.player_id = player.id
      and progress.kind = definition.kind and progress.slug = definition.slug
    where player.id ${among(sql, players)} and progress.id is null`,
  apply: (sql, rows) => sql`
    insert into player_state.progress (player_id, kind, slug, definition_id)
    select player_id, kind, slug, definition_id from (${rows}) as missing
    order by player_id, kind, slug
    returning player_id`,
}

const progressLinked: SyncStep = {
  name: "progress_linked",
  rows: (sql, players) => sql`
    select progress.player_id, progress.id, definition.id as definition_id
    from player_state.progress join definitions.definition using (kind, slug)
    where progress.player_id ${among(sql, players)}
      and progress.definition_id is distinct from definition.id`,
  apply: (sql, rows) => sql`
    update player_state.progress set definition_id = found.definition_id
    from (${rows}) as found
    where progress.player_id = found.player_id and progress.id = found.id
    returning progress.player_id`,
}

// A missing parent is missing with all its parameters; a write has created it before this step.
const parametersCreated: SyncStep = {
  name: "parameters_created",
  rows: (sql, players) => sql`
    select player.id as player_id, progress.id as progress_id, parameter.key, parameter.id as parameter_id
    from player_state.player
    cross join definitions.parameter
    join definitions.definition on definition.id = parameter.definition_id
    left join player_state.progress on progress.player_id = player.id
      and progress.kind = definition.kind and progress.slug = definition.slug
    left join player_state.parameter_progress on parameter_progress.player_id = player.id
      and parameter_progress.progress_id = progress.id and parameter_progress.key = parameter.key
    where player.id ${among(sql, players)} and parameter_progress.key is null`,
  apply: (sql, rows) => sql`
    insert into player_state.parameter_progress (player_id, progress_id, key, parameter_id)
    select player_id, progress_id, key, parameter_id from (${rows}) as missing
    order by player_id, progress_id, key
    returning player_id`,
}

const parametersLinked: SyncStep = {
  name: "parameters_linked",
  rows: (sql, players) => sql`
    select progress.player_id, progress.id as progress_id, parameter.key,
      parameter.id as parameter_id
    from player_state.progress
    join player_state.parameter_progress on parameter_progress.player_id = progress.player_id
      and parameter_progress.progress_id = progress.id
    join definitions.definition using (kind, slug)
    join definitions.parameter on parameter.definition_id = definition.id
      and parameter.key = parameter_progress.key
    where progress.player_id ${among(sql, players)}
      and parameter_progress.parameter_id is distinct from parameter.id`,
  apply: (sql, rows) => sql`
    update player_state.parameter_progress set parameter_id = found.parameter_id
    from (${rows}) as found
    where parameter_progress.player_id = found.player_id
      and parameter_progress.progress_id = found.progress_id and parameter_progress.key = found.key
    returning parameter_progress.player_id`,
}

// A weapon that was used in both roles has two rows of one slug: those without a link are linked.
const runsLinked = (table: "run_bot" | "run_ultimate_weapon" | "run_guardian_chip"): SyncStep => ({
  name: `${table}_linked`,
  rows: (sql, players) => sql`
    select run.player_id, run.battle_report_id, run.slug, definition.id as definition_id
    from ${sql(`gamedata.${table}`)} as run join definitions.definition using (kind, slug)
    where run.player_id ${among(sql, players)} and run.definition_id is null`,
  apply: (sql, rows) => sql`
    update ${sql(`gamedata.${table}`)} as run set definition_id = found.definition_id
    from (${rows}) as found
    where run.player_id = found.player_id and run.battle_report_id = found.battle_report_id
      and run.slug = found.slug and run.definition_id is null
    returning run.player_id`,
})

/**
 * Everything a sync fixes, in the order in which a write must fix it: links first, so that no step
 * looks through the rows that a later one creates.
 */
export const syncSteps: readonly SyncStep[] = [
  progressLinked,
  parametersLinked,
  progressCreated,
  parametersCreated,
  runsLinked("run_bot"),
  runsLinked("run_ultimate_weapon"),
  runsLinked("run_guardian_chip"),
]
