import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { listBoundaries } from "../battle-reports/patches.ts"
import type { Sql, Statement } from "../database/database.ts"
import { queryRows } from "../database/query.ts"

/** Stands for all players where they are shown as one; no player has this number. */
export const everybody = 0

/** Whose runs are shown together: one player's, or everybody's. */
const Section = Schema.Struct({
  player: Schema.Int,
  name: Schema.NullOr(Schema.String),
  runs: Schema.Int,
  tournaments: Schema.Int,
  /** Left out of pictures: hidden by their players, or with a date that cannot be read. */
  hidden: Schema.Int,
  undated: Schema.Int,
  /** Left out of the pictures of coins: runs without coins, or without a duration. */
  withoutRate: Schema.Int,
  first: Schema.NullOr(Schema.String),
  last: Schema.NullOr(Schema.String),
})

/** A run, or the middle one of several of a tier that were played at about the same time. */
const Dot = Schema.Struct({
  player: Schema.Int,
  day: Schema.String,
  tier: Schema.Int,
  isTournament: Schema.Boolean,
  runs: Schema.Int,
  wave: Schema.NullOr(Schema.Int),
  /** Of the coins an hour, the decimal logarithm: the game's numbers pass every machine's. */
  rate: Schema.NullOr(Schema.Finite),
})
export type Dot = typeof Dot.Type

const fiveNumbers = Schema.NullOr(Schema.Array(Schema.Finite))

/** How the runs of a tier are spread: least, first quarter, middle, third quarter, most. */
const Tier = Schema.Struct({
  player: Schema.Int,
  tier: Schema.Int,
  runs: Schema.Int,
  waves: fiveNumbers,
  rates: fiveNumbers,
})
export type Tier = typeof Tier.Type

/** How many dots the pictures have altogether, and how many one of them has at least. */
const dots = { most: 2000, mostOfAll: 3000, least: 60 }

/**
 * The runs to show, as relations to begin a statement with: `run`, and `shown`, those of them that have
 * a place in time.
 */
const runRelations = (sql: Sql, byPlayer: boolean): Statement => sql`
  with run as (
    select case when ${byPlayer}::boolean then player_id else ${everybody} end as player, player_id, battle_report_id,
      battle_date, tier, wave, is_tournament, is_hidden,
      case
        when coins_earned > 1e300 then log(10, coins_earned)::double precision
        when coins_earned > 0 then log(coins_earned::double precision)
      end - case when real_time_seconds > 0 then log(real_time_seconds / 3600.0::double precision) end
        as rate
    from gamedata.battle_report_progress
  ),
  shown as (
    select * from run where not is_hidden and battle_date is not null and tier is not null
  )`

const day = (sql: Sql, time: Statement): Statement =>
  sql`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD')`

const loadSections = (byPlayer: boolean) =>
  queryRows(
    Section,
    (sql) => sql`
      ${runRelations(sql, byPlayer)}
      select player, case when ${byPlayer}::boolean then min(display_name) end as name,
        count(*) filter (where not is_hidden) as runs,
        count(*) filter (where not is_hidden and is_tournament) as tournaments,
        count(*) filter (where is_hidden) as hidden,
        count(*) filter (where not is_hidden and (battle_date is null or tier is null)) as undated,
        count(*) filter (where not is_hidden and rate is null) as "withoutRate",
        ${day(sql, sql`min(battle_date) filter (where not is_hidden)`)} as first,
        ${day(sql, sql`max(battle_date) filter (where not is_hidden)`)} as last
      from run join player_state.player on player.id = player_id
      group by player order by min(display_name) collate "C", player`,
  )

// The middle of each figure by itself: of a span of time as a whole, not one run's of it.
const loadDots = (byPlayer: boolean, most: number) =>
  queryRows(
    Dot,
    (sql) => sql`
      ${runRelations(sql, byPlayer)},
      span as (
        select player, count(*) as runs, min(battle_date) as first,
          greatest(extract(epoch from max(battle_date) - min(battle_date)), 1) as seconds,
          greatest(${most}::integer / count(distinct (tier, is_tournament)), 1) as pieces
        from shown group by player
      ),
      piece as (
        select shown.*,
          case when runs > ${most}::integer
            then least(floor(extract(epoch from battle_date - first) / seconds * pieces), pieces - 1)
            else row_number() over (partition by player order by battle_date, battle_report_id)
          end as piece
        from shown join span using (player)
      )
      select player, tier, is_tournament as "isTournament", count(*) as runs,
        ${day(sql, sql`percentile_disc(0.5) within group (order by battle_date)`)} as day,
        percentile_disc(0.5) within group (order by wave) as wave,
        percentile_disc(0.5) within group (order by rate) as rate
      from piece
      group by player, tier, is_tournament, piece
      order by player, piece, tier, is_tournament`,
  )

const quartiles = "{0,0.25,0.5,0.75,1}"

const loadTiers = (byPlayer: boolean) =>
  queryRows(
    Tier,
    (sql) => sql`
      ${runRelations(sql, byPlayer)}
      select player, tier, count(*) as runs,
        to_jsonb(percentile_disc(${quartiles}::double precision[]) within group (order by wave)) as waves,
        to_jsonb(percentile_disc(${quartiles}::double precision[]) within group (order by rate)) as rates
      from run where not is_hidden and not is_tournament and tier is not null
      group by player, tier order by player, tier`,
  )

/** The runs that reports tell of: everybody's as one, or each player's. */
export const loadRuns = Effect.fnUntraced(function* (byPlayer: boolean) {
  const sections = yield* loadSections(byPlayer)
  const most = byPlayer
    ? Math.max(dots.least, Math.floor(dots.mostOfAll / Math.max(sections.length, 1)))
    : dots.most
  const allDots = Map.groupBy(yield* loadDots(byPlayer, most), ({ player }) => player)
  const allTiers = Map.groupBy(yield* loadTiers(byPlayer), ({ player }) => player)
  return {
    boundaries: yield* listBoundaries,
    sections: sections.map((section) => ({
      ...section,
      dots: allDots.get(section.player) ?? [],
      tiers: allTiers.get(section.player) ?? [],
    })),
  }
})

export type Runs = Effect.Success<ReturnType<typeof loadRuns>>
