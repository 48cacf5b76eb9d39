import { expect, test } from "bun:test"
import { readFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { onEachDatabase } from "../support/databases.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { runScript } from "../support/scripts.ts"

const deploySteps = resolve(import.meta.dir, "fixtures/deploy-steps.ts")

onEachDatabase("what deploy prints", (database) => {
  const folder = folderOfEachTest()

  const run = (flags: readonly string[], environment: Record<string, string> = {}) =>
    runScript("deploy", ["--write", ...flags], { DATABASE_URL: database.url, ...environment })

  test("a deploy prints its steps' lines after their names, then a line for each step", async () => {
    const { exitCode, stdout, stderr } = await run(["--skip-wiki"])
    expect(exitCode).toBe(0)
    expect(stdout.replaceAll(/seconds=\d+(\.\d)?/g, "seconds=_").split("\n")).toEqual([
      "migrate | [WRITE] total applied=0",
      expect.stringContaining("reparse | [WRITE] total processed=0 "),
      "[WRITE] step=migrate outcome=completed seconds=_ reason=-",
      "[WRITE] step=wiki outcome=skipped seconds=- reason=--skip-wiki",
      "[WRITE] step=reparse outcome=completed seconds=_ reason=-",
      "[WRITE] total completed=2 failed=0 skipped=1",
      "",
    ])
    expect(stderr).toBe("migrate | started\nreparse | started\n")
  })
  test("a deploy with --json prints one JSON document and nothing else on standard output", async () => {
    const { exitCode, stdout, stderr } = await run([
      "--json",
      "--skip-migrations",
      "--skip-wiki",
      "--skip-reparse",
    ])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
    const skipped = { outcome: "skipped", seconds: null }
    expect(JSON.parse(stdout)).toEqual({
      command: "deploy",
      mode: "write",
      units: [
        { step: "migrate", ...skipped, reason: "--skip-migrations" },
        { step: "wiki", ...skipped, reason: "--skip-wiki" },
        { step: "reparse", ...skipped, reason: "--skip-reparse" },
      ],
      total: { completed: 0, failed: 0, skipped: 3 },
      changes: 0,
      problems: [],
    })
  })
  test("a deploy prints groups under GitHub Actions, and a table in the step summary", async () => {
    const summary = join(folder(), "summary.md")
    const { exitCode, stdout, stderr } = await run(["--json", "--skip-wiki", "--skip-reparse"], {
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: summary,
    })
    expect(exitCode).toBe(0)
    expect(stderr).toBe("::group::migrate\n[WRITE] total applied=0\n::endgroup::\n")
    expect(JSON.parse(stdout)).toMatchObject({ total: { completed: 1, skipped: 2 } })
    expect(await readFile(summary, "utf8")).toContain("| wiki | skipped | - | --skip-wiki |")
  })
  test("a deploy whose migration was edited says what to do, and its exit code is 1", async () => {
    await database.sql`update towerstats.schema_migration set sha256 = repeat('0', 64) where version = 3`
    const { exitCode, stdout, stderr } = await run(["--json"])
    expect(exitCode).toBe(1)
    const { units, problems } = JSON.parse(stdout)
    expect(units).toMatchObject([
      { step: "migrate", outcome: "failed", reason: "exit code 1" },
      { step: "wiki", outcome: "not run" },
      { step: "reparse", outcome: "not run" },
    ])
    expect(problems.join()).toContain("its step migrate failed (exit code 1)")
    expect(stderr).toContain("migrate | error: Migration 0003_definitions was edited")
    expect(stderr).toEndWith(`error: ${problems.join()}\n`)
  })
  test("a deploy whose reparse failed names it and has its exit code", async () => {
    await database.sql.unsafe("drop schema gamedata, player_state, definitions, towerstats cascade")
    const { exitCode, stdout, stderr } = await run(["--skip-migrations", "--skip-wiki"])
    expect(exitCode).toBe(1)
    expect(stdout).toContain("step=reparse outcome=failed")
    expect(stderr).toContain("lacks 5 migration(s)")
    expect(stderr).toContain("\nerror: The deploy stopped: its step reparse failed (exit code 1)")
  })
  test("a closed pipe does not stop a deploy", async () => {
    const pipeline = `"$0" "${deploySteps}" say say | true; exit "\${PIPESTATUS[0]}"`
    const child = Bun.spawn(["bash", "-c", pipeline, process.execPath], {
      env: { ...process.env, DATABASE_URL: database.url },
      stderr: "ignore",
    })
    expect(await child.exited).toBe(0)
    const [remembered] = await database.sql`
      select finished_at is not null as finished from towerstats.deploy_run`
    expect(remembered).toEqual({ finished: true })
  })
})
