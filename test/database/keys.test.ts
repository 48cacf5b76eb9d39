import { expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import { onFilledDatabase } from "../support/databases.ts"

onFilledDatabase("the keys of players' tables", Effect.void, (database) => {
  test("every key of a player's table begins with player_id, but for links to definitions", async () => {
    const keys = await database.sql<{ table: string; key: string; first: string }[]>`
      select conrelid::regclass::text as table, pg_get_constraintdef(pg_constraint.oid) as key,
        attname as first
      from pg_constraint
      join pg_attribute on attrelid = conrelid and attnum = conkey[1]
      left join pg_class as referenced on referenced.oid = confrelid
      where contype in ('p', 'u', 'f')
        and connamespace::regnamespace::text in ('player_state', 'gamedata')
        and conrelid::regclass::text not in ('player_state.account', 'player_state.player')
        and (contype <> 'f' or referenced.relnamespace::regnamespace::text <> 'definitions')`
    expect(new Set(keys.map(({ table }) => table)).size).toBe(11)
    expect(keys.filter(({ first }) => first !== "player_id")).toEqual([])
  })
})
