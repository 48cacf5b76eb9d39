import { expect, test } from "bun:test"
import { join } from "node:path"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { adopt } from "../../lib/adoption/adopt.ts"
import { openSource } from "../../lib/adoption/source/open-source.ts"
import type { InPart } from "../../lib/database/batches.ts"
import { partOfWrite } from "../../lib/database/batches.ts"
import { onEachDatabase } from "../support/databases.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { patience } from "../support/long-run.ts"
import { emptyTables } from "../support/reset.ts"
import { adoptFrom, everything, select, verifyFrom } from "./adopting.ts"
import { writeSqlite } from "./django-site.ts"
import { report, smallSite } from "./small-site.ts"

const reports = Array.from({ length: 501 }, (_, index) =>
  report(100 + index, 7, `Battle Report\nTier\t5\nWave\t${index}\n`),
)
const site = {
  ...smallSite,
  gamedata_battlereport: [...(smallSite.gamedata_battlereport ?? []), ...reports],
}

onEachDatabase("a site of very many reports", (database) => {
  const folder = folderOfEachTest()
  const file = () => join(folder(), "db.sqlite3")
  const inParts = (inPart: InPart) =>
    database.run(
      Effect.scoped(Effect.flatMap(openSource(file()), (source) => adopt("write", source, inPart))),
    )
  const part = partOfWrite(Duration.seconds(5))

  /** As a process that is killed while it works on its n-th part. */
  const stoppedIn = (last: number): InPart => {
    let parts = 0
    return (work) => part(++parts < last ? work : Effect.andThen(work, Effect.die("stopped")))
  }
  const outcomeOf = (run: Promise<unknown>) =>
    run.then(
      () => "done",
      (reason: unknown) => String(reason),
    )
  const contents = async () =>
    (await everything(database))
      .replace(/^(\S+) \d+/gm, "$1")
      .replace(/^towerstats\.adoption .*$/gm, "")

  test("what is adopted in parts is what one transaction brings, and a second run changes nothing", async () => {
    writeSqlite(file(), site)
    const { changes, units } = await inParts(part)
    expect(changes).toBeGreaterThan(501)
    expect(units.filter((unit) => "verified" in unit && !unit.holds)).toEqual([])
    const before = await everything(database)
    expect((await inParts(part)).changes).toBe(0)
    expect((await adoptFrom(database, file(), "write")).changes).toBe(0)
    expect(await everything(database)).toBe(before)
  })

  test(
    "a run that is stopped in any of its parts is completed by the next",
    async () => {
      writeSqlite(file(), site)
      for (const last of [2, 3, 4, 5])
        expect(await outcomeOf(inParts(stoppedIn(last)))).toBe("stopped")
      const statement =
        "select count(*)::int as begun, count(finished_at)::int as finished from towerstats.adoption"
      expect(await select(database, statement)).toEqual([{ begun: 1, finished: 0 }])
      await inParts(part)
      expect(await select(database, statement)).toEqual([{ begun: 1, finished: 1 }])
      expect((await verifyFrom(database, file())).problems).toEqual([])
      const completed = await contents()
      await emptyTables(database.sql)
      await inParts(part)
      expect(completed).toBe(await contents())
    },
    patience,
  )

  test("reports that a site takes meanwhile keep their numbers, and those of the source theirs", async () => {
    writeSqlite(file(), site)
    let parts = 0
    await inParts((work) =>
      Effect.tap(part(work), () =>
        ++parts === 1
          ? Effect.promise(
              () => database.sql`
                insert into gamedata.battle_report (player_id, raw_text, checksum)
                values (7, 'Battle Report of the new site', ${"a".repeat(64)})`,
            )
          : Effect.void,
      ),
    )
    expect(
      await select(
        database,
        `
        select count(*)::int as reports, max(id)::int as last,
          max(id) filter (where raw_text like '%new site')::int as taken from gamedata.battle_report`,
      ),
    ).toEqual([{ reports: 504, last: 601, taken: 601 }])
  })
})
