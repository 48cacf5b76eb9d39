import { afterAll, beforeAll, expect, test } from "bun:test"
import { onFilledServer } from "../support/databases.ts"
import { type Relay, startRelay } from "../support/relay.ts"
import type { RunningScript } from "../support/scripts.ts"
import { someoneWaits, withSql } from "../support/sessions.ts"
import { fillWithWork, inVain, startOn } from "./attempts.ts"
import { type Input, prepareInput } from "./input.ts"
import { maintainers, type Writer, writerOf } from "./writers.ts"

let input: Input
beforeAll(async () => {
  input = await prepareInput()
})
afterAll(() => input.remove())

onFilledServer("a write in the middle of its last table", fillWithWork, (database) => {
  const rebuild = writerOf("rebuild-wiki-definitions")

  /** Locks the last table so that a write stops there, and then does something to the write. */
  const stopped = (
    writer: Writer,
    act: (script: RunningScript) => Promise<unknown>,
    url = database.url,
  ) =>
    withSql(database.url, (holder) =>
      holder.begin(async (sql) => {
        await sql.unsafe(`lock table ${writer.lastTable} in access exclusive mode`)
        const script = startOn({ url }, writer, input)
        await someoneWaits(database.sql)
        await act(script)
        return script.outcome
      }),
    )

  const endItsSession = () => database.sql`
    select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`

  for (const writer of maintainers)
    test(`${writer.command} writes nothing when it loses its connection`, async () => {
      const { exitCode, stderr } = await inVain(database, () => stopped(writer, endItsSession))
      expect(exitCode).toBe(1)
      expect(stderr).toContain("was lost: ")
      expect(stderr).toContain("What was not committed is rolled back; run the command again.")
    })

  for (const [signal, code] of [
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)
    test(`a write that is stopped by ${signal} cleans up and leaves nothing`, async () => {
      const { exitCode, stderr } = await inVain(database, () =>
        stopped(rebuild, async (script) => script.signal(signal)),
      )
      expect({ exitCode, stderr }).toEqual({
        exitCode: code,
        stderr: "Stopped; everything is cleaned up.\n",
      })
    })

  for (const [what, befall] of [
    ["nobody can connect any more", (relay: Relay) => relay.close()],
    ["the server is silent", (relay: Relay) => relay.fallSilent()],
  ] as const)
    test(`a write that is stopped while ${what} cleans up all the same`, async () => {
      const relay = await startRelay(database.url)
      const { exitCode, stderr } = await inVain(database, () =>
        stopped(
          rebuild,
          async (script) => {
            befall(relay)
            script.signal("SIGTERM")
            await script.outcome
          },
          relay.through(database.url),
        ),
      )
      relay.reset()
      relay.close()
      expect({ exitCode, stderr }).toEqual({
        exitCode: 143,
        stderr: "Stopped; everything is cleaned up.\n",
      })
    })

  test("a write whose statement an administrator cancels says so, and leaves nothing", async () => {
    const cancel = () => database.sql`
      select pg_cancel_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    const { exitCode, stderr } = await inVain(database, () => stopped(rebuild, cancel))
    expect(exitCode).toBe(1)
    expect(stderr).toContain("canceling statement due to user request (SQLSTATE 57014)")
  })
})
