import { beforeEach, expect, test } from "bun:test"
import { stateOf } from "../faults/states.ts"
import { childrenOf, tellsChildren } from "../support/child-processes.ts"
import { onEachDatabase, onServer } from "../support/databases.ts"
import { isOver, type RunningScript, runScript, startCommand } from "../support/scripts.ts"
import { withSql } from "../support/sessions.ts"
import { storeUnread } from "../support/unread-reports.ts"

const stored = 900

const start = (url: string, ...flags: readonly string[]) =>
  startCommand("reparse-battle-reports", flags, { DATABASE_URL: url })

/** What a reparse reports, apart from its mode. */
const reportOf = async (url: string, ...flags: readonly string[]) => {
  const { exitCode, stdout, stderr } = await start(url, ...flags, "--json").outcome
  const { mode, ...report } = JSON.parse(stdout)
  return { exitCode, report, warnings: stderr.split("\n").sort() }
}

onServer("a reparse in several processes", (database) => {
  beforeEach(async () => {
    await database.run(storeUnread(20, stored))
    await database.sql.unsafe(`
      update gamedata.battle_report set raw_text = 'no report' where id in (5, 700);
      update gamedata.battle_report set raw_text = raw_text || E'Flux Rate\\t3.00K\\n' where id % 100 = 3;
      insert into definitions.patch_boundary (boundary_date, label)
        values ('2026-01-05', 'v27'), ('2026-01-12', 'v28')`)
  })

  const requests: readonly (readonly string[])[] = [
    [],
    ["--patch", "v28", "--limit", "50"],
    ["--limit", "333", "--shard", "2/3"],
  ]
  for (const request of requests)
    test(`a check and a write with --jobs say and do what one process does: ${request.join(" ")}`, async () => {
      const jobs = [...request, "--jobs", "3"]
      const foretold = await reportOf(database.url, ...request, "--check")
      expect(foretold.report.changes).toBeGreaterThan(10)
      expect(await reportOf(database.url, ...jobs, "--check")).toEqual(foretold)
      expect(await reportOf(database.url, ...request, "--write")).toEqual(foretold)
      const state = await stateOf(database.url)
      await database.sql.unsafe(`
        truncate gamedata.battle_report_progress, gamedata.battle_report_metrics, gamedata.run_bot;
        delete from definitions.unit`)
      expect(await reportOf(database.url, ...jobs, "--write")).toEqual(foretold)
      expect(await stateOf(database.url)).toBe(state)
    })

  test("every shard of several machines together reads each report exactly once", async () => {
    const [first, second] = await Promise.all([
      reportOf(database.url, "--shard", "1/2", "--write"),
      reportOf(database.url, "--shard", "2/2", "--write"),
    ])
    expect(first.report.total.processed + second.report.total.processed).toBe(stored)
    expect(second.report.total.processed).toBeGreaterThan(stored / 4)
    expect((await reportOf(database.url, "--write")).report.total.unchanged).toBe(stored - 2)
  })

  test("all processes of a check see what was there when it began, whatever is written meanwhile", async () => {
    await reportOf(database.url, "--write")
    const script = start(database.url, "--check", "--jobs", "2", "--json")
    const isUnderWay = () => database.sql`
      select from pg_stat_activity where datname = current_database()
        and state = 'idle in transaction' and query like '%pg_export_snapshot%'`
    while ((await isUnderWay()).length === 0 && !(await isOver(script)));
    await database.sql`update gamedata.battle_report_progress set wave = 1, read_by = null`
    const { stdout } = await script.outcome
    expect(JSON.parse(stdout)).toMatchObject({ changes: 0, total: { unchanged: stored - 2 } })
    expect((await reportOf(database.url, "--check")).report.changes).toBe(stored - 2)
  })

  const workers = () => database.sql<{ pid: number; query: string }[]>`
    select pid, query from pg_stat_activity
    where datname = current_database() and application_name like 'towerstats jobs %'`

  // Until a process has asked the server what it is, a lost connection is one that was never made.
  const isAtWork = ({ query }: { readonly query: string }) =>
    query !== "" && !query.includes("version()")

  /** Starts a reparse, and waits until two of its processes are at work. */
  const startWorking = async () => {
    const script = start(database.url, "--write", "--jobs", "2")
    while ((await workers()).filter(isAtWork).length < 2 && !(await isOver(script)));
    return script
  }

  /** Expects a reparse to have ended early, all of its processes with it, and another to complete it. */
  const expectRest = async (script: RunningScript) => {
    const outcome = await script.outcome
    expect(outcome.stdout).toBe("")
    expect([...(await workers())]).toEqual([])
    await reportOf(database.url, "--jobs", "2", "--write")
    expect((await reportOf(database.url, "--check")).report.changes).toBe(0)
    return outcome
  }

  test("a process that loses its connection stops the others, and its reason is told", async () => {
    const script = await startWorking()
    const [first] = await workers()
    await database.sql`select pg_terminate_backend(${first?.pid ?? 0})`
    const { exitCode, stderr } = await expectRest(script)
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(
      /^error: One of the processes that read reports failed, and the others were stopped\. The connection to .* was lost: .*\n$/,
    )
  })

  test.if(tellsChildren)(
    "a process that is killed stops the others, and the signal is named",
    async () => {
      const script = await startWorking()
      process.kill(childrenOf(script.processId)[0] ?? 0, "SIGKILL")
      const { exitCode, stderr } = await expectRest(script)
      expect(exitCode).toBe(1)
      expect(stderr).toContain("It ended early (killed by SIGKILL). What was stored before stays")
    },
  )

  test("SIGTERM stops all processes, cleaned up", async () => {
    const script = await startWorking()
    script.signal("SIGTERM")
    const { exitCode, stderr } = await expectRest(script)
    expect({ exitCode, stderr }).toEqual({
      exitCode: 143,
      stderr: "Stopped; everything is cleaned up.\n",
    })
  })

  test("all processes end at once when the one that started them is killed", async () => {
    // They would go on for a minute, waiting for what is locked.
    const ended = await withSql(database.url, (site) =>
      site.begin(async (sql) => {
        await sql`select from gamedata.battle_report for key share`
        const script = await startWorking()
        script.signal("SIGKILL")
        // That ends when nobody can write to its standard error any more.
        const ended = await Promise.race([script.outcome, Bun.sleep(20_000)])
        while ((await workers()).length > 0) await Bun.sleep(5)
        return ended
      }),
    )
    // They may have come to the texts that are no reports, which nobody has to lock.
    expect(ended).toMatchObject({
      stdout: "",
      stderr: expect.stringMatching(/^(?:warning: Battle report \d+ is skipped: .*\n)*$/),
    })
    await reportOf(database.url, "--jobs", "2", "--write")
    expect((await reportOf(database.url, "--check")).report.changes).toBe(0)
  })
})

onEachDatabase("a reparse with --jobs", (database) => {
  test("a number of processes or a shard that there cannot be is wrong usage", async () => {
    for (const flags of [
      ["--jobs", "0"],
      ["--jobs", "65"],
      ["--shard", "3/2"],
      ["--shard", "2"],
    ]) {
      const { exitCode, stdout, stderr } = await runScript(
        "reparse-battle-reports",
        [...flags, "--check"],
        { DATABASE_URL: database.url },
      )
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" })
      expect(stderr).toContain(flags[0] ?? "")
    }
  })

  test("--jobs works on each database; the embedded one says that one process reads", async () => {
    await database.run(storeUnread(3, 30))
    const { exitCode, stdout, stderr } = await start(database.url, "--jobs", "2", "--write").outcome
    const [server] = await database.sql<{ version: string }[]>`select version()`
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: server?.version.includes("PGlite")
        ? "The embedded database serves one process at a time: one reads, whatever --jobs says.\n"
        : "",
    })
    expect(stdout).toContain("processed=30 progress_created=30")
  })
})
