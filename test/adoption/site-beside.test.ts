import { expect, test } from "bun:test"
import { onServer } from "../support/databases.ts"
import { runScript, startCommand } from "../support/scripts.ts"
import { someoneWaits, withSql } from "../support/sessions.ts"
import { adoptFrom } from "./adopting.ts"
import { writePostgres } from "./django-site.ts"
import { smallSite } from "./small-site.ts"

onServer("a Django site in the suite's own database", (database) => {
  const run = (command: string, ...flags: readonly string[]) =>
    runScript(command, flags, { DATABASE_URL: database.url })

  const deploy = ["--write", "--skip-migrations", "--skip-wiki", "--skip-reparse"]

  test("a deploy and a status say that its players are not in the suite's tables, until they are adopted", async () => {
    await writePostgres(database.sql, smallSite)
    const warning =
      "warning: The schema public of this database has the tables of a Django TowerStats"
    expect((await run("status")).stderr).toStartWith(warning)
    expect((await run("deploy", ...deploy)).stderr).toContain(warning)
    await adoptFrom(database, database.url, "write")
    const { stdout, stderr } = await run("status")
    expect({ stdout, stderr }).toMatchObject({
      stdout: expect.stringMatching(
        /area=adoption source=\S+ last_finished_utc=\S+ \S+ rows_kept_aside=\d+/,
      ),
      stderr: "",
    })
  })

  test("a deploy is done although its connection is lost while it looks for a site at its end", async () => {
    const outcome = await withSql(database.url, (sql) =>
      sql.begin(async (held) => {
        await held`lock table towerstats.adoption`
        const started = startCommand("deploy", deploy, { DATABASE_URL: database.url })
        await someoneWaits(database.sql)
        await database.sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`
        return started.outcome
      }),
    )
    expect(outcome).toMatchObject({ exitCode: 0, stderr: "" })
    expect(outcome.stdout).toContain("total completed=0 failed=0 skipped=3")
  })
})
