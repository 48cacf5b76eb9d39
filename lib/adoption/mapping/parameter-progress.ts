import {
  type DefinitionKind,
  type LevelledKind,
  levelledKinds,
  type ParameterKey,
} from "../../definitions/registry.ts"
import { compareCodePoints } from "../../wiki/rows/content-hash.ts"
import type { SourceRow } from "../source/source.ts"
import type { Planned } from "../target/place.ts"
import { isCount, type KnownParameter, type LevelledNames } from "./definitions.ts"
import { type Leftovers, originOf } from "./leftovers.ts"
import { unknownTime } from "./players.ts"
import { type KnownProgress, slugKey } from "./progress.ts"

/** What levels are mapped with, besides their rows. */
export interface LevelContext {
  /** By the site's number. */
  readonly progress: ReadonlyMap<string, KnownProgress>
  /** By the site's number; null for one that has no place here. */
  readonly parameters: ReadonlyMap<string, KnownParameter | null>
  /** By kind, slug and key. */
  readonly parametersBySlug: ReadonlyMap<string, string>
  readonly keepsKeyOrder: boolean
  readonly leftovers: Leftovers
}

/** By what parameters of an entity are found. */
export const parameterKeyOf = (kind: DefinitionKind, slug: string, key: string): string =>
  `${slugKey(kind, slug)} ${key}`

/**
 * The parameters of an entity in the order in which the site created their rows: that of the table's
 * columns, or for bots that of a row's JSON, which PostgreSQL keeps by length, then by bytes.
 */
const createdOrder = (
  kind: LevelledKind,
  slug: string,
  keepsKeyOrder: boolean,
): readonly ParameterKey[] => {
  const columns = levelledKinds[kind].entities.get(slug) ?? []
  const inOrder =
    kind === "bot" && !keepsKeyOrder
      ? columns.toSorted(
          (a, b) => a.header.length - b.header.length || compareCodePoints(a.header, b.header),
        )
      : columns
  return inOrder.map(({ key }) => key)
}

interface Level {
  readonly row: SourceRow
  readonly key: ParameterKey
  readonly isOrphan: boolean
}

/**
 * The levels of one entity whose parameter a purge of the site took. They were created in the order of
 * its parameters, so that the n-th is the n-th parameter's, if there are as many.
 */
const adoptOrphans = (
  table: string,
  { kind, slug }: { readonly kind: LevelledKind; readonly slug: string },
  orphans: readonly SourceRow[],
  { keepsKeyOrder, leftovers }: LevelContext,
): readonly Level[] => {
  const keys = createdOrder(kind, slug, keepsKeyOrder)
  const inOrder = orphans.toSorted((a, b) => Number(a.id) - Number(b.id))
  return inOrder.flatMap((row, index) => {
    const key = keys[index % keys.length]
    if (key === undefined || orphans.length % keys.length !== 0) {
      leftovers.onlyKeep(
        table,
        row,
        `a purge took its parameter, and the ${orphans.length} such levels of ${slug} are not one for each of its ${keys.length} parameters`,
      )
      return []
    }
    leftovers.alsoKeep(table, row, `a purge took its parameter; by its place it is ${key}`)
    return { row, key, isOrphan: true }
  })
}

const better = (a: Level, b: Level): number =>
  Number(b.row.level) - Number(a.row.level) ||
  Number(a.isOrphan) - Number(b.isOrphan) ||
  (b.row.updated_at ?? "").localeCompare(a.row.updated_at ?? "", "en") ||
  Number(a.row.id) - Number(b.row.id)

/** The levels of the parameters of players' bots, weapons or chips. */
export const mapParameterProgress = (
  { kind, progress: table, parent }: LevelledNames,
  rows: readonly SourceRow[],
  context: LevelContext,
): readonly Planned<"parameterProgress">[] => {
  const { progress, parameters, parametersBySlug, leftovers } = context
  const byParent = Map.groupBy(rows, (row) => row[parent] ?? "")
  return [...byParent].flatMap(([parentId, own]) => {
    const owner = progress.get(parentId)
    if (owner === undefined) {
      for (const row of own) leftovers.onlyKeep(table, row, `its ${kind} has no place here`)
      return []
    }
    for (const row of own)
      if ((row.player_id ?? owner.playerThere) !== owner.playerThere)
        leftovers.alsoKeep(table, row, `its ${kind} is another player's, which has it here`)
    const sound = own.filter((row) => {
      if (!isCount(row.level)) leftovers.onlyKeep(table, row, "its level is none")
      return isCount(row.level)
    })
    const parameterOf = (row: SourceRow) => parameters.get(row.parameter_definition_id ?? "")
    const levels = [
      ...sound.flatMap((row): readonly Level[] => {
        const parameter = parameterOf(row)
        if (parameter === null) leftovers.onlyKeep(table, row, "its parameter has no place here")
        return parameter ? [{ row, key: parameter.key, isOrphan: false }] : []
      }),
      ...adoptOrphans(
        table,
        { kind, slug: owner.slug },
        sound.filter((row) => parameterOf(row) === undefined),
        context,
      ),
    ]
    return [...Map.groupBy(levels, ({ key }) => key)].map(([key, rivals]) => {
      const [chosen, ...others] = rivals.toSorted(better)
      for (const { row } of others)
        leftovers.merge(table, row, "another row of its parameter has the higher level")
      const row = chosen?.row ?? {}
      return {
        from: originOf(table, row),
        row: {
          player_id: owner.player,
          progress_id: owner.id,
          key,
          parameter_id: parametersBySlug.get(parameterKeyOf(kind, owner.slug, key)) ?? null,
          level: row.level ?? "0",
          updated_at: row.updated_at ?? unknownTime,
        },
      }
    })
  })
}
