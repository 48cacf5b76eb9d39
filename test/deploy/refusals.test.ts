import { describe, expect, test } from "bun:test"
import { runHere } from "../support/run-here.ts"

describe("deploy", () => {
  const refusal = async (flags: readonly string[], environment: Record<string, string>) => {
    const outcome = await runHere("deploy", flags, environment)
    expect(outcome).toMatchObject({ exitCode: 2, stdout: "" })
    expect(outcome.stderr).not.toContain("started")
    return outcome.stderr
  }

  test("a deploy refuses to run without --write", async () => {
    expect(await refusal([], {})).toBe(
      "error: Refusing to run without explicit intent; pass --write.\n",
    )
  })
  test("a deploy refuses a time limit that is not a whole number, before anything runs", async () => {
    const environment = { TOWERSTATS_WIKI_REBUILD_TIMEOUT_SECONDS: "soon" }
    expect(await refusal(["--write", "--skip-wiki"], environment)).toContain(
      "TOWERSTATS_WIKI_REBUILD_TIMEOUT_SECONDS takes a whole number of seconds",
    )
  })
  test("a deploy refuses a negative lock timeout", async () => {
    expect(await refusal(["--write", "--lock-timeout=-1"], {})).toContain("--lock-timeout takes")
  })
  test("a deploy refuses a throw-away database on Railway and in CI", async () => {
    expect(await refusal(["--write"], { RAILWAY_PROJECT_ID: "project" })).toContain(
      "DATABASE_URL is not set on Railway",
    )
    expect(await refusal(["--write"], { CI: "true" })).toContain("DATABASE_URL is not set in CI")
  })
  test("a deploy that cannot reach the database fails without printing its password", async () => {
    const outcome = await runHere("deploy", ["--write"], {
      DATABASE_URL: "postgres://me:hunter2@127.0.0.1:9/stats",
    })
    expect(outcome).toMatchObject({ exitCode: 1, stdout: "" })
    expect(outcome.stderr).toContain("postgres://me@127.0.0.1:9/stats cannot be reached")
    expect(outcome.stderr).not.toContain("hunter2")
  })
})
