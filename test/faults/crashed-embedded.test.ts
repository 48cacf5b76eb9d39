import { beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test"
import { rm } from "node:fs/promises"
import { join, resolve } from "node:path"
import { PGlite } from "@electric-sql/pglite"
import * as fc from "fast-check"
import { contents } from "../support/contents.ts"
import { createEmbedded } from "../support/databases.ts"
import { sharedFolder } from "../support/folders.ts"
import { cases, isLongRun, patience, tell } from "../support/long-run.ts"
import { runScript, startCommand } from "../support/scripts.ts"

setDefaultTimeout(patience)

const counter = resolve(import.meta.dir, "fixtures/count-up.ts")

describe("the embedded database of a killed process", () => {
  const parent = sharedFolder()
  const folder = () => join(parent(), "database")
  beforeAll(() => createEmbedded(folder()))
  const environment = () => ({ DATABASE_URL: "", TOWERSTATS_DATABASE_FOLDER: folder() })

  /** Counts up until `stop` resolves, then is killed. Returns the count at the start and the end. */
  const countUntil = async (stop: (processId: number) => Promise<unknown>) => {
    const child = Bun.spawn([process.execPath, counter], {
      env: { ...process.env, ...environment() },
      stdout: "pipe",
      stderr: "inherit",
    })
    let said = ""
    let stopped: Promise<unknown> | undefined
    for await (const chunk of child.stdout) {
      said += new TextDecoder().decode(chunk)
      stopped ??= stop(child.pid).finally(() => child.kill("SIGKILL"))
    }
    await stopped
    await child.exited
    expect(child.signalCode).toBe("SIGKILL")
    const [found = "", ...counted] = said.split("\n").slice(0, -1)
    expect(found).toEndWith(", 0 rows too many")
    const before = Number(/\d+/.exec(found)?.[0])
    return { before, last: Number(counted.at(-1) ?? before) }
  }

  let last = 0
  let kills = 0
  const killWhen = async (stop: (processId: number) => Promise<unknown>) => {
    const run = await countUntil(stop)
    // The last commit before the kill may not have been printed.
    expect([last, last + 1]).toContain(run.before)
    last = run.last
    kills += 1
  }

  test("a killed embedded database holds all that was committed and nothing else, however often it is killed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(400), (millis) => killWhen(() => Bun.sleep(millis))),
      { numRuns: cases(2, 30), endOnFailure: true },
    )
    tell(`embedded database: ${kills} kills, ${last} transactions, none lost`)
  })

  test("the embedded database of a killed process is taken over, and a living owner's is refused", () =>
    killWhen(async (processId) => {
      const second = await runScript("status", [], environment())
      expect(second).toMatchObject({ exitCode: 1, stdout: "" })
      expect(second.stderr).toContain(`in use by process ${processId} (count-up.ts)`)
    }))

  const stateAfter = async (run: () => Promise<void>): Promise<string> => {
    await rm(folder(), { recursive: true, force: true })
    await run()
    const database = await PGlite.create(folder())
    const state = await contents(async (statement) => {
      const { rows } = await database.query<Record<string, unknown>>(statement)
      return rows
    })
    await database.close()
    return state
  }

  const quickstart = async () => {
    const { exitCode, stderr } = await runScript("quickstart", [], environment())
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
  }

  test.if(isLongRun)("a quick start that was killed is completed by the next one", async () => {
    const started = performance.now()
    const undisturbed = await stateAfter(quickstart)
    const duration = performance.now() - started
    const killed = async (share: number) => {
      const state = await stateAfter(async () => {
        const script = startCommand("quickstart", [], environment())
        await Bun.sleep((share / 100) * duration)
        script.signal("SIGKILL")
        await script.outcome
        await quickstart()
      })
      expect(state).toBe(undisturbed)
    }
    await fc.assert(fc.asyncProperty(fc.noBias(fc.nat(100)), killed), {
      numRuns: cases(1, 20),
      endOnFailure: true,
    })
  })
})
