import { expect, test } from "bun:test"
import { onFilledServer } from "../support/databases.ts"
import { fillWithDemo } from "../support/demo-data.ts"
import { someoneWaits, withSql } from "../support/sessions.ts"

onFilledServer("the site in two sessions at once", fillWithDemo, (database) => {
  const goldenBot = `(
    select min(id) from player_state.progress where slug = 'golden_bot')`
  const setUnlocked = (unlocked: boolean) =>
    `update player_state.progress set unlocked = ${unlocked} where id = ${goldenBot}`
  const setLevel = (level: number) =>
    `update player_state.parameter_progress set level = ${level}
     where key = 'range' and progress_id = ${goldenBot}`

  /** Starts `second` before `first` has committed, and returns the refusal. */
  const overlapping = (first: string, second: string): Promise<string> =>
    withSql(database.url, async (one) => {
      const outcome = await one.begin(async (transaction) => {
        await transaction.unsafe(first)
        const other = withSql(database.url, (two) => two.unsafe(second)).then(
          () => "accepted",
          (error: unknown) => String(error),
        )
        await Promise.race([other, someoneWaits(database.sql)])
        return { other }
      })
      return outcome.other
    })

  test("while one session locks an entity, another cannot raise its level, nor the other way round", async () => {
    await database.sql.unsafe(setUnlocked(true))
    expect(await overlapping(setUnlocked(false), setLevel(7))).toContain("its levels stay 0")
    await database.sql.unsafe(setUnlocked(true))
    expect(await overlapping(setLevel(7), setUnlocked(false))).toContain("cannot be locked")
    await database.sql.unsafe(setLevel(0))
  })

  /** Has a session act on what it saw before `first` was done, and returns the refusal. */
  const onEarlierSnapshot = (isolation: string, first: string, second: string): Promise<string> =>
    withSql(database.url, (one) =>
      one
        .begin(`isolation level ${isolation}`, async (transaction) => {
          await transaction`select from player_state.progress`
          await database.sql.unsafe(first)
          await transaction.unsafe(second)
        })
        .then(() => "accepted", String),
    )
  const activate = (slugs: string) =>
    `update player_state.progress set active = true
     where player_id = (select min(id) from player_state.player) and slug in (${slugs})`

  for (const isolation of ["repeatable read", "serializable"])
    test(`a session at ${isolation} breaks no rule by what another has done since it began`, async () => {
      const notSerializable = expect.stringContaining("could not serialize access")
      await database.sql.unsafe("update player_state.progress set unlocked = true, active = false")
      const act = (first: string, second: string) => onEarlierSnapshot(isolation, first, second)
      expect(await act(activate("'ally', 'attack'"), activate("'fetch'"))).toEqual(notSerializable)
      expect(await act(setLevel(7), setUnlocked(false))).toEqual(notSerializable)
      await database.sql.unsafe(setLevel(0))
      expect(await act(setUnlocked(false), setLevel(7))).toEqual(notSerializable)
    })
})
