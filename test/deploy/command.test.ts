import { expect, test } from "bun:test"
import { mkdir, readdir } from "node:fs/promises"
import { join, resolve } from "node:path"
import { folderOfEachTest } from "../support/folders.ts"
import { runHere } from "../support/run-here.ts"
import { runScript, startScript } from "../support/scripts.ts"
import { onEachLocation } from "./each-location.ts"
import { running, stalling } from "./processes.ts"

const deploySteps = resolve(import.meta.dir, "fixtures/deploy-steps.ts")

onEachLocation("deploy", (location) => {
  const folder = folderOfEachTest()
  const file = () => join(folder(), "processes")

  const lastDeploy = async () => {
    const { stdout } = await runHere("status", ["--json"], location.environment)
    return JSON.parse(stdout).units.find(({ area }: { area: string }) => area === "deploy")
  }
  const start = (works: readonly string[], environment: Record<string, string> = {}) =>
    startScript(deploySteps, works, { ...location.environment, ...environment })

  test("a deploy brings a new database to its first release without fetching the wiki", async () => {
    await location.empty()
    const { exitCode, stdout, stderr } = await runScript("deploy", ["--write"], {
      ...location.environment,
      TOWERSTATS_WIKI_OFFLINE: "1",
    })
    expect(exitCode).toBe(0)
    expect(stdout).toContain("migrate | [WRITE] total applied=5\n")
    expect(stdout).toContain("\nreparse | [WRITE] total processed=0 ")
    expect(stderr).toContain("no stored rows; capture them first")
    expect(stderr).toContain(
      "\nwarning: The step wiki did not complete (exit code 1); the deploy goes on without it.\n",
    )
    expect(await lastDeploy()).toMatchObject({
      steps: "migrate completed, wiki failed (exit code 1), reparse completed",
    })
    expect(await location.leftovers()).toEqual([])
  })
  test("a deploy that skips every step succeeds on a database without a schema", async () => {
    await location.empty()
    const steps = ["--skip-migrations", "--skip-wiki", "--skip-reparse"]
    const { exitCode, stderr } = await runHere(
      "deploy",
      ["--write", ...steps],
      location.environment,
    )
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
  })
  test.each([
    ["SIGTERM", 143, "first"],
    ["SIGINT", 130, "last"],
  ] as const)(
    "a deploy on %s ends with exit code %i and leaves nothing of its %s step",
    async (signal, exitCode, stalled) => {
      const temporary = join(folder(), "temporary")
      await mkdir(temporary)
      const started = start(stalled === "first" ? [file(), "say"] : ["say", file()], {
        TMPDIR: temporary,
      })
      const processIds = await stalling(file())
      started.signal(signal)
      const outcome = await started.outcome
      expect(outcome.exitCode).toBe(exitCode)
      expect(outcome.stderr).toEndWith("Stopped; everything is cleaned up.\n")
      expect(await running(processIds)).toEqual([])
      expect(await location.leftovers()).toEqual([])
      expect(await readdir(temporary)).toEqual([])
    },
  )
  test("a deploy goes on after a step was killed in the middle of a transaction", async () => {
    const { exitCode, stdout } = await start(["hold", "say"]).outcome
    expect(exitCode).toBe(0)
    expect(stdout).toContain("step-0 | locked")
    expect(stdout).toContain('reason="timed out after 1s"')
    expect(stdout).toContain("step=step-1 outcome=completed")
    expect(await location.leftovers()).toEqual([])
  })
  test("a deploy waits for another one, says so, and then runs", async () => {
    const first = start([file(), "say"])
    const processIds = await stalling(file())
    const second = start(["say", "say"])
    await second.says("Waiting up to 30s for ")
    for (const processId of processIds) process.kill(processId, "SIGKILL")
    expect((await first.outcome).exitCode).toBe(0)
    const { exitCode, stderr } = await second.outcome
    expect(exitCode).toBe(0)
    expect(stderr).toStartWith("Waiting up to 30s for ")
  })
  test("a deploy that was killed is shown as unfinished and does not block the next one", async () => {
    const killed = start([file(), "say"])
    const processIds = await stalling(file())
    killed.signal("SIGKILL")
    await killed.outcome
    for (const processId of processIds) process.kill(processId, "SIGKILL")
    expect(await lastDeploy()).toMatchObject({
      finished_utc: "unfinished",
      steps: "step-0 running, step-1 not run",
    })
    const next = await start(["say", "say"]).outcome
    expect(next.exitCode).toBe(0)
    expect(next.stderr).toMatch(
      /The last deploy, begun \S+ \S+ UTC, ended without a word in its step step-0: /,
    )
  })
})
