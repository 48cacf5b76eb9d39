import { expect, test } from "bun:test"
import { onEachDatabase } from "../support/databases.ts"
import { demoTotals } from "../support/demo-files.ts"
import { standInFandom } from "../support/fandom-gateway.ts"
import { runScript } from "../support/scripts.ts"

onEachDatabase("the wiki step of deploy", (database) => {
  const fandom = standInFandom()

  const deploy = async (environment: Readonly<Record<string, string>>) => {
    const outcome = await runScript("deploy", ["--write", "--json", "--skip-migrations"], {
      DATABASE_URL: database.url,
      ...fandom.environment,
      ...environment,
    })
    expect(outcome.exitCode).toBe(0)
    const [, step] = JSON.parse(outcome.stdout).units
    return { step, stderr: outcome.stderr }
  }
  const definitions = async () => {
    const [row] = await database.sql`select count(*)::int as count from definitions.definition`
    return row?.count
  }

  test("the wiki step stores what the wiki says, after which an offline deploy needs no wiki", async () => {
    const { step } = await deploy({})
    expect(step).toMatchObject({ step: "wiki", outcome: "completed", reason: null })
    expect(await definitions()).toBe(demoTotals.definitions)
    fandom.wiki.reset()
    const offline = await deploy({ TOWERSTATS_WIKI_OFFLINE: "Yes" })
    expect(offline.step).toMatchObject({ step: "wiki", outcome: "completed" })
    expect(fandom.wiki.requests("Golden_Bot")).toEqual({ page: 0, api: 0 })
  })
  test("the wiki step is stopped when the wiki stalls for longer than its time limit", async () => {
    fandom.wiki.misbehave("Golden_Bot", { page: "stalls in the body" })
    const { step, stderr } = await deploy({ TOWERSTATS_WIKI_REBUILD_TIMEOUT_SECONDS: "1" })
    expect(step).toMatchObject({ outcome: "failed", reason: "timed out after 1s" })
    expect(stderr).toContain(
      "warning: The step wiki did not complete (timed out after 1s); the deploy goes on without it.",
    )
    expect(await definitions()).toBe(0)
  })
})
