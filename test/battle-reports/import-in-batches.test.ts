import { expect, type Mock, spyOn, test } from "bun:test"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { ReportSource } from "../../lib/battle-reports/files/report-files.ts"
import { importReports } from "../../lib/battle-reports/import/import.ts"
import { ImportSizes } from "../../lib/battle-reports/import/submissions.ts"
import { reparseReports } from "../../lib/battle-reports/reparse/reparse.ts"
import { everyReport } from "../../lib/battle-reports/reparse/selection.ts"
import type { Mode } from "../../lib/database/transaction.ts"
import { onFilledDatabase } from "../support/databases.ts"
import { fillWithDemo, textSource } from "../support/demo-data.ts"
import { snapshot } from "../support/snapshots.ts"

const runs = (first: number, count: number): readonly string[] =>
  Array.from(
    { length: count },
    (_, index) =>
      `Battle Report\nBattle Date\tJul 15, 2026 06:46\nTier\t9\nWave\t${first + index}\n`,
  )

const bring = (mode: Mode, files: readonly ReportSource[], preset: string | null = null) =>
  importReports(
    { mode, lockTimeout: Duration.seconds(1) },
    {
      username: "carol",
      createPlayer: true,
      timeZone: Option.none(),
      files,
      preset: Option.fromNullOr(preset),
      isTournament: false,
    },
  ).pipe(Effect.provideService(ImportSizes, { whole: 2, batch: 2 }))

/** A source that is read for the second time, with something done before each of its texts. */
const onSecondReading = (
  texts: readonly string[],
  act: (position: number) => Effect.Effect<string | null>,
): ReportSource => {
  let readings = 0
  const encode = (text: string) => new TextEncoder().encode(text)
  return {
    name: "given",
    bytes: Stream.suspend(() => {
      readings += 1
      return readings === 1
        ? Stream.fromIterable(texts.map(encode))
        : Stream.fromIterable(texts.entries()).pipe(
            Stream.mapEffect(([position, text]) =>
              Effect.map(act(position), (other) => encode(other ?? text)),
            ),
          )
    }),
  }
}

onFilledDatabase("an import in batches", fillWithDemo, (database) => {
  const storedReports = async () => {
    const [row] = await database.sql<{ count: number }[]>`
      select count(*)::integer as count from gamedata.battle_report
      join player_state.player on player.id = player_id where display_name = 'carol'`
    return row?.count
  }

  /** Runs an import that fails, and returns why and what it said. */
  const failing = async (work: ReturnType<typeof bring>) => {
    const stderr: Mock<typeof process.stderr.write> = spyOn(
      process.stderr,
      "write",
    ).mockImplementation(() => true)
    const error = await database.run(Effect.flip(work))
    const said = stderr.mock.calls.map(([text]) => String(text)).join("")
    stderr.mockRestore()
    return { message: error.message, said }
  }

  test("a text that is no report stops an import in batches before anything is stored", async () => {
    const before = await snapshot(database.sql)
    const files = [
      textSource("many", runs(1, 7).join("")),
      textSource("letter", "Dear diary"),
      textSource("foreign", "Kampfbericht\nWelle\t12\n"),
    ]
    for (const mode of ["write", "check"] as const) {
      const { message } = await failing(bring(mode, files))
      expect(message).toStartWith("Nothing was imported.")
      expect(message).toContain("letter: no battle report in it")
      expect(message).toContain("foreign")
    }
    expect(await snapshot(database.sql)).toBe(before)
  })

  test("an import in batches whose files are changed meanwhile stops, and says what stays", async () => {
    const texts = runs(100, 9)
    const changed = onSecondReading(texts, (position) =>
      Effect.succeed(position < 7 ? null : "Battle Report\nDear diary\n"),
    )
    const { message, said } = await failing(bring("write", [changed]))
    expect(message).toStartWith("The files were changed while they were imported.")
    expect(message).toContain("given, line ")
    const stored = await storedReports()
    expect(stored).toBe(6)
    expect(said).toContain(
      "6 reports are imported and stay; run the command again, and it imports the rest.",
    )
    const { total } = await database.run(bring("write", [textSource("given", texts.join(""))]))
    expect(total).toMatchObject({ imported: 3, duplicates: 6, players_created: 0 })
  })

  test("dates of an import in batches are those of the time zone that the player has in the end", async () => {
    await database.run(bring("write", [textSource("given", runs(200, 1).join(""))]))
    const moving = onSecondReading(runs(300, 12), (position) =>
      Effect.promise(async () => {
        if (position === 6)
          await database.sql`
            update player_state.player set time_zone = 'Asia/Tokyo' where display_name = 'carol'`
        return null
      }),
    )
    const { total } = await database.run(bring("write", [moving]))
    expect(total).toMatchObject({ imported: 12 })
    const wrong = () => database.sql`
      select from gamedata.battle_report_progress
      join player_state.player on player.id = player_id
      where display_name = 'carol' and battle_date <> '2026-07-14 21:46Z'`
    expect(await database.sql`${wrong()} and read_by is not null`).toHaveLength(0)
    await database.run(
      reparseReports({ mode: "write", lockTimeout: Duration.seconds(1) }, everyReport),
    )
    expect(await wrong()).toHaveLength(0)
  })

  test("a stored run that is in two files of an import is filed once, as its check says", async () => {
    const given = (name: string) => textSource(name, runs(400, 5).join(""))
    await database.run(bring("write", [given("first")]))
    const files = [given("second"), given("third")]
    const foretold = await database.run(bring("check", files, "farming"))
    expect(foretold.total).toMatchObject({ duplicates: 10, duplicates_updated: 5 })
    expect(await database.run(bring("write", files, "farming"))).toEqual(foretold)
  })
})
