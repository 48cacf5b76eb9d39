import { describe, expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import {
  isInShard,
  parseShard,
  type Shard,
  splitShard,
} from "../../lib/battle-reports/reparse/shard.ts"
import { execute, queryRows } from "../../lib/database/query.ts"
import { transaction } from "../../lib/database/transaction.ts"
import { onEachDatabase } from "../support/databases.ts"

describe("a shard as it is written", () => {
  test("a shard is written as its number and how many there are", () => {
    expect(parseShard("2/8")).toEqual(Option.some({ index: 2, of: 8 }))
    expect(parseShard("1/1")).toEqual(Option.some({ index: 1, of: 1 }))
  })
  test.each(["", "2", "0/8", "9/8", "2/0", "-1/8", "1.5/8", "2/8/2", " 2/8", "1/99999"])(
    "%p is no shard",
    (text) => {
      expect(parseShard(text)).toEqual(Option.none())
    },
  )
})

onEachDatabase("shards of players", (database) => {
  const partitions = 8

  // Numbers as players have them, and the ends of what a bigint holds.
  const spread = `
    create temporary table spread (player_id bigint) partition by hash (player_id) on commit drop;
    ${Array.from(
      { length: partitions },
      (_, remainder) => `
        create temporary table spread_${remainder} partition of spread
        for values with (modulus ${partitions}, remainder ${remainder}) on commit drop;`,
    ).join("")}
    insert into spread select generate_series(1, 1000)
    union all select 9223372036854775807 - number from generate_series(0, 99) as number
    union all select -9223372036854775808 + number from generate_series(0, 99) as number`

  const Player = Schema.Struct({ player: Schema.String, partition: Schema.Int })

  const readPlayers = (shard: Shard) =>
    queryRows(
      Player,
      (sql) => sql`
        select player_id::text as player, right(tableoid::regclass::text, 1)::integer as partition
        from spread where ${isInShard(sql, "player_id", shard)}`,
    )

  /** The players of each shard, with the partition of each. */
  const playersOf = (...shards: readonly Shard[]) =>
    database.run(
      transaction("write")(
        Effect.andThen(
          execute((sql) => sql.unsafe(spread)),
          Effect.forEach(shards, readPlayers),
        ),
      ),
    )

  const everybody = { index: 1, of: 1 }
  const namesOf = (players: readonly { readonly player: string }[]) =>
    players.map(({ player }) => player).sort()

  test("a shard of as many as there are hash partitions is exactly one partition", async () => {
    const [all = [], ...shards] = await playersOf(everybody, ...splitShard(null, partitions))
    for (const [remainder, players] of shards.entries())
      expect(namesOf(players)).toEqual(
        namesOf(all.filter(({ partition }) => partition === remainder)),
      )
  })

  test("a shard of fewer than there are hash partitions is some partitions as a whole", async () => {
    const [all = [], ofFour = [], ofTwo = []] = await playersOf(
      everybody,
      { index: 1, of: 4 },
      { index: 2, of: 2 },
    )
    const inPartitions = (...wanted: readonly number[]) =>
      namesOf(all.filter(({ partition }) => wanted.includes(partition)))
    expect(namesOf(ofFour)).toEqual(inPartitions(0, 4))
    expect(namesOf(ofTwo)).toEqual(inPartitions(1, 3, 5, 7))
  })

  test("every player is in exactly one shard, of however many there are", async () => {
    for (const count of [3, 5, 16]) {
      const [all = [], ...shards] = await playersOf(everybody, ...splitShard(null, count))
      expect(namesOf(shards.flat())).toEqual(namesOf(all))
    }
  })

  test("the shards into which a shard is divided have its players, each exactly once", async () => {
    const shard = { index: 2, of: 3 }
    const [whole = [], ...parts] = await playersOf(shard, ...splitShard(shard, 4))
    expect(namesOf(parts.flat())).toEqual(namesOf(whole))
    expect(whole.length).toBeLessThan(600)
    expect(parts.filter((players) => players.length === 0)).toEqual([])
  })
})
