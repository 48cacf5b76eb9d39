import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Sql } from "../../database/database.ts"

/** One of `of` disjoint sets of players, counted from 1. */
export const Shard = Schema.Struct({ index: Schema.Int, of: Schema.Int })
export type Shard = typeof Shard.Type

/** A shard as it is written, or none if that is no shard: `2/8` is the second of eight. */
export const parseShard = (text: string): Option.Option<Shard> => {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []
  const shard = { index: Number(index), of: Number(of) }
  return index !== undefined && 1 <= shard.index && shard.index <= shard.of
    ? Option.some(shard)
    : Option.none()
}

/** Divides a shard, or all players if it is null, into so many shards. */
export const splitShard = (shard: Shard | null, parts: number): readonly Shard[] => {
  const { index, of } = shard ?? { index: 1, of: 1 }
  return Array.from({ length: parts }, (_, part) => ({ index: index + part * of, of: of * parts }))
}

// The hash by which PostgreSQL chooses the partition of a table that is hash-partitioned by a bigint
// (hashint8extended with HASH_PARTITION_SEED, then hash_combine64), as a number from 0 to 2^64 - 1.
const seed = "8816678312871386365"
const combined = "5305509591434766563"
const range = "18446744073709551616"

/**
 * Holds for the players of a shard. It agrees with hash partitions: shard I of N is the partition with
 * remainder I - 1 of modulus N, and all those of a modulus that is a multiple of N which fall into it.
 */
export const isInShard = (sql: Sql, playerId: string, { index, of }: Shard) => sql`
  mod(mod(hashint8extended(${sql(playerId)}, ${seed}::bigint)::numeric + ${combined}::numeric
    + ${range}::numeric, ${range}::numeric), ${of}::numeric) = ${index - 1}::numeric`
