import { expect, test } from "bun:test"
import { UnknownUser, UserWithoutPlayer } from "../../lib/player-state/players.ts"

test("the command that an error suggests can be pasted into a shell, whatever the username is", () => {
  expect(new UnknownUser({ username: "alice@home" }).message).toContain(
    "`bun run players add alice@home`",
  )
  expect(new UserWithoutPlayer({ username: "the $5 d'Artagnan" }).message).toContain(
    "`bun run players add 'the $5 d'\\''Artagnan'`",
  )
})
