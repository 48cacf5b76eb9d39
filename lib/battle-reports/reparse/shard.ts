import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Sql } from "../../database/database.ts"

/** One of `of` disjoint sets of players, counted from 1. */
export const Shard = Schema.Struct({ index: Schema.Int, of: Schema.Int })
export type Shard = typeof Shard.Type

/** All shards, of which there are so many. */
export const shardsOf = (count: number): readonly Shard[] =>
  Array.from({ length: count }, (_, position) => ({ index: position + 1, of: count }))

/** The shard that is written `2/8`, or why that is none. */
export const parseShard = (text: string): Result.Result<Shard, string> => {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []
  const shard = { index: Number(index), of: Number(of) }
  return index !== undefined && 1 <= shard.index && shard.index <= shard.of
    ? Result.succeed(shard)
    : Result.fail("Expected I/N, such as 2/8: the second of eight shards")
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
