import * as fc from "fast-check"
import type { DjangoRow, Installation } from "./django-site.ts"
import { allyRow, goldenBotRow, report, smallSite, time } from "./small-site.ts"

/** Draws whole numbers below a bound, and says so of chances. */
interface Draw {
  readonly below: (bound: number) => number
  readonly chance: (oneIn: number) => boolean
}

const drawFrom = (tape: readonly number[]): Draw => {
  let at = 0
  const below = (bound: number) => (tape[at++ % tape.length] ?? 0) % bound
  return { below, chance: (oneIn) => below(oneIn) === oneIn - 1 }
}

const many = <A>(count: number, make: (index: number) => A): readonly A[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Rows of a wiki page: revisions, sums, tables that have moved, times the wrong way round. */
const anyWiki = ({ below, chance }: Draw): readonly DjangoRow[] => {
  const golden = many(below(6), (index) =>
    goldenBotRow(100 + index, chance(4) ? "Total" : String(1 + (index % 3)), String(100 + index), {
      last_seen: time(10 + below(10)),
      first_seen: time(chance(6) ? 25 : 1 + below(9)),
      deprecated: chance(4),
      ...(chance(5) ? { page_url: String(goldenBotRow(1, "1", "1").page_url).slice(0, -5) } : {}),
    }),
  )
  const ally = many(below(6), (index) =>
    allyRow(200 + index, String(1 + (index % 3)), 2 + Math.floor(index / 3), {
      last_seen: time(chance(3) ? 9 : 20),
    }),
  )
  return [...golden, ...ally]
}

const kinds = [
  { owner: "bot", table: "player_state_playerbot", slugs: ["golden_bot", "iron_bot"], keys: 4 },
  {
    owner: "ultimate_weapon",
    table: "player_state_playerultimateweapon",
    slugs: ["black_hole"],
    keys: 3,
  },
  {
    owner: "guardian_chip",
    table: "player_state_playerguardianchip",
    slugs: ["ally", "attack", "fetch"],
    keys: 3,
  },
] as const

/** The progress of players, with levels of which a purge may have taken the parameters. */
const anyProgress = (players: readonly number[], { below, chance }: Draw): Installation => {
  let id = 0
  const tables: Record<string, DjangoRow[]> = {}
  const add = (table: string, row: DjangoRow) => {
    tables[table] = [...(tables[table] ?? []), { id: ++id, ...row }]
    return id
  }
  for (const player of players)
    for (const { owner, table, slugs, keys } of kinds)
      for (const slug of slugs) {
        if (chance(4)) continue
        const parent = add(table, {
          [`${owner}_slug`]: slug,
          [`${owner}_definition_id`]: slug === slugs[0] ? 1 : null,
          unlocked: chance(2),
          active: owner === "guardian_chip" && chance(2),
          ...{ updated_at: time(1 + below(20)), notes: chance(3) ? "a note" : "" },
          player_id: player,
        })
        const isOrphaned = chance(3)
        const rows = chance(6) ? keys - 1 : chance(6) ? 2 * keys : keys
        for (let index = 0; index < rows; index++)
          add(`${table}parameter`, {
            level: below(9),
            parameter_definition_id: isOrphaned ? null : 1 + (index % keys),
            [`player_${owner}_id`]: chance(15) ? 9999 : parent,
            ...{ player_id: player, updated_at: time(1 + below(20)) },
            ...{ effective_value_raw: chance(6) ? "x2.5" : "", effective_notes: "" },
          })
      }
  return tables
}

const anyReports = (players: readonly number[], { below, chance }: Draw): Installation => {
  const reports = players.flatMap((player) =>
    many(
      below(4),
      (index): DjangoRow => ({
        ...report(
          player * 10 + index,
          player,
          `Battle Report${chance(3) ? "\r" : ""}\nTier\t${1 + below(9)}${chance(3) ? "+" : ""}\nWave\t${below(99)}\n`,
        ),
        ...(chance(8) ? { checksum: "none" } : {}),
        ...(chance(8) ? { checksum: "c".repeat(64) } : {}),
      }),
    ),
  )
  const ids = [...reports.map(({ id }) => Number(id)), ...(chance(4) ? [99_999] : [])]
  const runs = (owner: string) =>
    ids.flatMap((reportId) =>
      many(below(3), (index) => ({
        id: reportId * 10 + index,
        notes: chance(2) ? `note ${index}` : "",
        battle_report_id: reportId,
        [`${owner}_definition_id`]: chance(8) ? 77 : 1,
        player_id: Math.floor(reportId / 10),
      })),
    )
  return {
    gamedata_battlereport: reports,
    gamedata_battlereportprogress: ids
      .filter(() => !chance(4))
      .map((id) => ({
        ...smallSite.gamedata_battlereportprogress?.[0],
        ...{ id, battle_report_id: id, player_id: Math.floor(id / 10), wave: below(999) },
        ...{ preset_id: chance(3) ? null : 1 + below(4), tier: below(20) },
        ...{ tournament_rank: chance(4) ? "tin" : "gold", is_hidden: chance(2) },
      })),
    gamedata_battlereportderivedmetrics: ids
      .filter(() => !chance(4))
      .map((id) => ({
        ...{ id, battle_report_id: id, player_id: Math.floor(id / 10) },
        ...{ values: chance(9) ? [1] : { coins: below(9), "long key": 1.5 }, raw_values: {} },
      })),
    gamedata_runbot: runs("bot"),
    gamedata_runguardian: runs("guardian_chip"),
    gamedata_runcombatultimateweapon: runs("ultimate_weapon"),
    gamedata_runutilityultimateweapon: runs("ultimate_weapon"),
  }
}

const installationFrom = (tape: readonly number[]): Installation => {
  const draw = drawFrom(tape)
  const { below, chance } = draw
  const users = many(1 + below(3), (index) => index + 1)
  const players = users.filter(() => !chance(5))
  const doubled = chance(4) && players[0] !== undefined ? [players[0]] : []
  const all = [...players, ...doubled.map((user) => user + 100)]
  return {
    ...smallSite,
    auth_user: users.map((id) => ({
      ...smallSite.auth_user?.[0],
      ...{ id, username: `user${id}`, date_joined: time(id) },
    })),
    definitions_wikidata: anyWiki(draw),
    player_state_player: all.map((id) => ({
      ...smallSite.player_state_player?.[0],
      ...{ id, user_id: id > 100 ? id - 100 : id, display_name: chance(3) ? "" : `Player ${id}` },
    })),
    player_state_preset: many(below(4), (index) => ({
      ...smallSite.player_state_preset?.[0],
      ...{ id: index + 1, name: chance(4) ? "" : `Preset ${index}` },
      player_id: all[below(Math.max(all.length, 1))] ?? 1,
    })),
    player_state_playercard: all.map((id) => ({
      ...smallSite.player_state_playercard?.[0],
      ...{ id, player_id: id, stars_unlocked: below(7), inventory_count: below(50) },
    })),
    player_state_playercardpreset: many(below(3), (index) => ({
      ...smallSite.player_state_playercardpreset?.[0],
      ...{ id: index + 1, player_card_id: all[0] ?? 1, preset_id: 1 + below(3) },
    })),
    player_state_goaltarget: all.map((id) => ({
      ...smallSite.player_state_goaltarget?.[0],
      ...{
        id,
        player_id: id,
        goal_key: chance(4) ? "bot:golden_bot:magic" : "bot:golden_bot:range",
      },
      assumed_current_level: chance(2) ? null : 3,
    })),
    player_state_playerbot: [],
    player_state_playerultimateweapon: [],
    player_state_playerguardianchip: [],
    player_state_playerbotparameter: [],
    player_state_playerultimateweaponparameter: [],
    player_state_playerguardianchipparameter: [],
    ...anyProgress(all, draw),
    ...anyReports(all, draw),
  }
}

/** Installations of a few users: levels, orphans, duplicates, histories, and rows that are broken. */
export const anyInstallation: fc.Arbitrary<Installation> = fc
  .array(fc.nat({ max: 9999 }), { minLength: 150, maxLength: 150, size: "max" })
  .map(installationFrom)
