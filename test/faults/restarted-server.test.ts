import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { cases, isLongRun, patience, tell } from "../support/long-run.ts"
import { hasServerPrograms, type ScratchServer, startServer } from "../support/scratch-server.ts"
import { startCommand } from "../support/scripts.ts"
import { withSql } from "../support/sessions.ts"
import { type Input, prepareInput } from "./input.ts"
import { fillInUse, stateOf } from "./states.ts"
import { maintainers, migrate, type Writer, writerOf } from "./writers.ts"

// Milliseconds from the server's end to the command's; a second or two on a machine at rest.
const limit = 20_000

const deploy: Writer = {
  command: "deploy",
  flags: () => ["--write"],
  before: writerOf("reparse-battle-reports").before,
  lastTable: "towerstats.deploy_run",
}

describe.if(hasServerPrograms)("a server that is restarted", () => {
  let input: Input
  let server: ScratchServer
  beforeAll(async () => {
    input = await prepareInput()
    server = await startServer()
    await withSql(server.at(), (sql) => sql`create database in_use`)
    await fillInUse(server.at("in_use"))
  }, patience)
  afterAll(async () => {
    await input.remove()
    await server.remove()
  }, patience)

  const createCopy = (name: string, original: string) =>
    withSql(server.at(), async (sql) => {
      await sql.unsafe(`drop database if exists ${name} with (force)`)
      await sql.unsafe(`create database ${name} template ${original}`)
      return server.at(name)
    })
  const start = (url: string, { command, flags }: Writer) =>
    startCommand(command, flags(input), { DATABASE_URL: url, TOWERSTATS_WIKI_OFFLINE: "1" })
  // What a deploy remembers of itself differs from run to run.
  const resultOf = async (url: string) => {
    await withSql(url, (sql) => sql`truncate towerstats.deploy_run`)
    return stateOf(url)
  }

  const each = isLongRun
    ? [migrate, ...maintainers, deploy]
    : [writerOf("reparse-battle-reports"), deploy]
  for (const writer of each)
    test(
      `${writer.command} ends when its server is restarted, and a second run completes it`,
      async () => {
        const original = await createCopy("original", "in_use")
        await withSql(original, (sql) => sql.unsafe(writer.before))
        const undisturbed = await createCopy("undisturbed", "original")
        const started = performance.now()
        expect((await start(undisturbed, writer).outcome).exitCode).toBe(0)
        const whole = performance.now() - started
        const after = await resultOf(undisturbed)
        const counts = { restarts: 0, failed: 0, slowest: 0 }
        for (let time = 0; time < cases(2, 50); time += 1) {
          const url = await createCopy("struck", "original")
          const script = start(url, writer)
          await Bun.sleep(Math.random() * whole)
          const struck = performance.now()
          await server.stop(time % 2 === 0 ? "fast" : "immediate")
          await server.start()
          const outcome = await Promise.race([script.outcome, Bun.sleep(limit)])
          counts.slowest = Math.max(counts.slowest, performance.now() - struck)
          if (outcome === undefined) script.signal("SIGKILL")
          expect(outcome).toBeDefined()
          const { exitCode = 0, stderr = "" } = outcome ?? {}
          expect([0, 1]).toContain(exitCode)
          if (exitCode === 1)
            expect(stderr).toMatch(
              /was lost: |cannot be reached: |lets nobody in |The deploy stopped: /,
            )
          expect((await start(url, writer).outcome).exitCode).toBe(0)
          expect(await resultOf(url)).toBe(after)
          counts.restarts += 1
          counts.failed += exitCode
        }
        tell(
          `${writer.command}: ${counts.restarts} restarts, ${counts.failed} times it failed, ${Math.round(counts.slowest)} ms from the server's end to the command's at most`,
        )
      },
      patience,
    )
})
