import type { DefinitionKind } from "../../definitions/registry.ts"
import { definitionKinds } from "../../definitions/registry.ts"
import type { DjangoTable } from "../source/django-tables.ts"
import type { SourceRow } from "../source/source.ts"
import type { Planned } from "../target/place.ts"
import { isCount, isParameterKey, type KindNames, type KnownDefinition } from "./definitions.ts"
import { type Leftovers, originOf } from "./leftovers.ts"
import { playerOf, unknownTime } from "./players.ts"

/** A row of a player's progress of the site, and its place here. */
export interface KnownProgress {
  readonly id: string
  readonly player: string
  /** The site's number of the player. */
  readonly playerThere: string
  readonly kind: DefinitionKind
  readonly slug: string
}

/** Definitions by kind and slug. */
export type DefinitionsBySlug = ReadonlyMap<string, KnownDefinition>

export const slugKey = (kind: DefinitionKind, slug: string): string => `${kind} ${slug}`

/** How many chips of a player may be active. */
const mostActive = 2

/** The chips that stay active of each player: those that have been so for longest. */
const chosenChips = (rows: readonly SourceRow[]): ReadonlySet<string> => {
  const active = rows.filter(({ active }) => active === "true")
  const byPlayer = Map.groupBy(active, ({ player_id }) => player_id ?? "")
  return new Set(
    [...byPlayer.values()].flatMap((own) =>
      own
        .toSorted(
          (a, b) =>
            (a.updated_at ?? "").localeCompare(b.updated_at ?? "", "en") ||
            Number(a.id) - Number(b.id),
        )
        .slice(0, mostActive)
        .map(({ id }) => id ?? ""),
    ),
  )
}

/** What progress is mapped with, besides its rows. */
export interface ProgressContext {
  readonly players: ReadonlyMap<string, string>
  /** By the site's number. */
  readonly definitions: ReadonlyMap<string, KnownDefinition>
  readonly bySlug: DefinitionsBySlug
  /** The site's numbers of progress rows that have a level above 0. */
  readonly levelled: ReadonlySet<string>
  readonly leftovers: Leftovers
}

/** The cards, bots, weapons or chips of players. A level, or a chip that is active, unlocks. */
export const mapProgress = (
  { kind, progress: table, slug: slugColumn, definitionId }: KindNames,
  rows: readonly SourceRow[],
  { players, definitions, bySlug, levelled, leftovers }: ProgressContext,
): readonly (Planned<"progress"> & Omit<KnownProgress, "id" | "kind">)[] => {
  const seen = new Set<string>()
  const chosen = chosenChips(rows)
  return rows.flatMap((row) => {
    const player = playerOf(table, row, players, leftovers)
    if (player === null) return []
    const linked = definitions.get(row[definitionId] ?? "")
    const slug = row[slugColumn] || linked?.slug || ""
    const key = JSON.stringify([player, slug])
    if (slug === "" || seen.has(key)) {
      const why = slug === "" ? "it has no slug" : "its player has another row of its slug"
      leftovers.onlyKeep(table, row, why)
      return []
    }
    seen.add(key)
    if (linked !== undefined && linked.slug !== slug)
      leftovers.alsoKeep(table, row, "its definition is of another slug")
    const id = row.id ?? ""
    const isActive = chosen.has(id)
    if (row.active === "true" && !isActive)
      leftovers.alsoKeep(table, row, `its player has ${mostActive} other active chips`)
    const isUnlocked = row.unlocked === "true" || levelled.has(id) || isActive
    if (isUnlocked && row.unlocked !== "true")
      leftovers.alsoKeep(table, row, "it was locked and in use; it is unlocked")
    const count = (column: string): string => {
      const value = row[column]
      if (value === undefined || isCount(value)) return value ?? "0"
      leftovers.alsoKeep(table, row, `its ${column} is no count`)
      return "0"
    }
    return {
      player,
      playerThere: row.player_id ?? "",
      slug,
      from: originOf(table, row),
      row: {
        player_id: player,
        kind,
        slug,
        definition_id: bySlug.get(slugKey(kind, slug))?.id ?? null,
        unlocked: isUnlocked,
        active: isActive,
        inventory_count: count("inventory_count"),
        stars_unlocked: count("stars_unlocked"),
        notes: row.notes ?? "",
        updated_at: row.updated_at ?? unknownTime,
      },
    }
  })
}

/** Which cards are in which presets. */
export const mapProgressPresets = (
  rows: readonly SourceRow[],
  cards: ReadonlyMap<string, KnownProgress>,
  presets: ReadonlyMap<string, { readonly id: string; readonly player: string }>,
  leftovers: Leftovers,
): readonly Planned<"progressPreset">[] => {
  const table = "player_state_playercardpreset"
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const card = cards.get(row.player_card_id ?? "")
    const preset = presets.get(row.preset_id ?? "")
    if (card === undefined || preset === undefined || card.player !== preset.player) {
      leftovers.onlyKeep(table, row, "its card and its preset are not both of one player here")
      return []
    }
    const key = JSON.stringify([card.id, preset.id])
    if (seen.has(key)) {
      leftovers.merge(table, row, "its card is in its preset already")
      return []
    }
    seen.add(key)
    if ((row.player_id ?? card.playerThere) !== card.playerThere)
      leftovers.alsoKeep(table, row, "its card is another player's, which has it here")
    return {
      from: originOf(table, row),
      row: {
        player_id: card.player,
        progress_id: card.id,
        preset_id: preset.id,
        created_at: row.created_at ?? unknownTime,
      },
    }
  })
}

/** The levels that players want to reach; what `bot:golden_bot:duration` names. */
export const mapGoals = (
  rows: readonly SourceRow[],
  players: ReadonlyMap<string, string>,
  leftovers: Leftovers,
): readonly Planned<"goal">[] => {
  const table: DjangoTable = "player_state_goaltarget"
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const player = playerOf(table, row, players, leftovers)
    if (player === null) return []
    const parts = (row.goal_key ?? "").split(":")
    const [type, slug = "", key = ""] = parts.length === 2 ? [row.goal_type, ...parts] : parts
    const kind = definitionKinds.find((each) => each === type)
    const { target_level } = row
    const refuse = (why: string) => {
      leftovers.onlyKeep(table, row, why)
      return []
    }
    if (kind === undefined || slug === "" || !isParameterKey(key) || parts.length > 3)
      return refuse("the suite knows no parameter of its key")
    if (!isCount(target_level)) return refuse("its level is none")
    const identity = JSON.stringify([player, kind, slug, key])
    if (seen.has(identity)) return refuse("its player has another goal of its key")
    seen.add(identity)
    return {
      from: originOf(table, row),
      row: {
        player_id: player,
        kind,
        slug,
        key,
        target_level,
        label: row.label ?? "",
        notes: row.notes ?? "",
        created_at: row.created_at ?? unknownTime,
        updated_at: row.updated_at ?? unknownTime,
      },
    }
  })
}
