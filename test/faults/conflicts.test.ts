import { expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import { execute } from "../../lib/database/query.ts"
import { transaction } from "../../lib/database/transaction.ts"
import { onServer } from "../support/databases.ts"
import { withSql } from "../support/sessions.ts"

onServer("a transaction in conflict with another session", (database) => {
  /** Renames an account that the site changes in the middle of the first `conflicts` tries. */
  const rename = (conflicts: number) => {
    let tries = 0
    const work = Effect.gen(function* () {
      tries += 1
      yield* execute((sql) => sql`select from player_state.account`)
      if (tries <= conflicts)
        yield* Effect.promise(() =>
          withSql(database.url, (site) => site`update player_state.account set username = 'site'`),
        )
      yield* execute((sql) => sql`update player_state.account set username = username || '!'`)
    })
    return Effect.map(Effect.result(transaction("write")(work)), (result) => ({ result, tries }))
  }
  const username = async () => {
    const [account] = await database.sql`select username from player_state.account`
    return account?.username
  }

  test("a transaction in conflict with another session starts over on what the other one left", async () => {
    await database.sql`insert into player_state.account (username) values ('alice')`
    const { result, tries } = await database.run(rename(2))
    expect({ outcome: result._tag, tries }).toEqual({ outcome: "Success", tries: 3 })
    expect(await username()).toBe("site!")
  })
  test("a transaction whose conflicts do not end gives up and has written nothing", async () => {
    await database.sql`insert into player_state.account (username) values ('alice')`
    const { result, tries } = await database.run(rename(100))
    expect(tries).toBe(5)
    expect(result).toMatchObject({ failure: { _tag: "TransactionConflict" } })
    expect(await username()).toBe("site")
  })
})
