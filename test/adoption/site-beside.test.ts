import { expect, test } from "bun:test"
import { onServer } from "../support/databases.ts"
import { runScript } from "../support/scripts.ts"
import { adoptFrom } from "./adopting.ts"
import { writePostgres } from "./django-site.ts"
import { smallSite } from "./small-site.ts"

onServer("a Django site in the suite's own database", (database) => {
  const run = (command: string, ...flags: readonly string[]) =>
    runScript(command, flags, { DATABASE_URL: database.url })

  test("a deploy and a status say that its players are not in the suite's tables, until they are adopted", async () => {
    const deploy = ["--write", "--skip-migrations", "--skip-wiki", "--skip-reparse"]
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
})
