import { cp, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { catalogue } from "../../lib/wiki/catalogue.ts"
import type { BenchDatabase } from "./bench-database.ts"
import { type Figure, inTurns, ratio, timed } from "./measure.ts"
import { psql, runProcess } from "./process.ts"

const project = resolve(import.meta.dir, "../..")

/** Syncing many players from nothing, against one hand-written statement for each table. */
export const benchSync = async (
  { sql, run, url }: BenchDatabase,
  players: number,
  times: number,
): Promise<Figure> => {
  await sql`
    insert into player_state.account (username)
    select 'player ' || number from generate_series(1, ${players}::integer) as number`
  await sql`
    insert into player_state.player (account_id, display_name)
    select id, username from player_state.account on conflict do nothing`
  const clear = async () => {
    await sql.unsafe("truncate player_state.progress cascade")
    await sql.unsafe("vacuum analyze player_state.player, player_state.progress")
  }
  const both = await inTurns(
    times,
    async () => {
      await clear()
      return (await run("sync-player-state", "--all", "--write")).milliseconds
    },
    async () => {
      await clear()
      return timed(() =>
        psql(
          url,
          `insert into player_state.progress (player_id, kind, slug, definition_id)
           select player.id, kind, slug, definition.id
           from player_state.player cross join definitions.definition`,
          `insert into player_state.parameter_progress (player_id, progress_id, key, parameter_id)
           select player_id, progress.id, key, parameter.id
           from player_state.progress join definitions.parameter using (definition_id)`,
        ),
      )
    },
  )
  return {
    name: `sync of ${players} players`,
    against: "one hand-written statement for each table in psql",
    target: "<= 1.2x",
    ...both,
    unit: "ms",
    result: ratio(both.ours, both.floor),
  }
}

const parsePages = resolve(import.meta.dir, "parse-pages.ts")

// Real pages are a quarter of a megabyte, nearly all of it settings and navigation.
const realSize = 260_000

/**
 * Capturing and rebuilding from pages of real size, against taking the pages apart alone; each in a
 * process of its own.
 */
export const benchIngest = async ({ run }: BenchDatabase, times: number): Promise<Figure> => {
  const folder = await mkdtemp(join(tmpdir(), "bench-pages-"))
  await cp(resolve(project, "lib/demo/wiki"), folder, { recursive: true })
  for (const { fileName } of catalogue.filter(({ mayBeAbsent }) => !mayBeAbsent)) {
    const html = await Bun.file(join(folder, fileName)).text()
    const item = '<li class="navigation"><a href="/wiki/Page" title="Page">Page</a></li>\n'
    const around = `<ul>${item.repeat(Math.ceil((realSize - html.length) / item.length))}</ul>`
    await writeFile(
      join(folder, fileName),
      html.replace("</body>", () => `${around}</body>`),
    )
  }
  const flags = ["--from", folder, "--write"] as const
  await run("rebuild-wiki-definitions", ...flags)
  const both = await inTurns(
    times,
    async () => (await run("rebuild-wiki-definitions", ...flags)).milliseconds,
    () => timed(() => runProcess("parse-pages.ts", [process.execPath, parsePages, folder])),
  )
  await rm(folder, { recursive: true })
  return {
    name: "ingest of all pages and rebuild, nothing changes",
    against: "taking the pages apart alone",
    target: "<= 1.5x",
    ...both,
    unit: "ms",
    result: ratio(both.ours, both.floor),
  }
}

/** Starting a command, against starting Bun. */
export const benchStart = async (times: number): Promise<Figure> => {
  const script = resolve(project, "scripts/rebuild-wiki-definitions.ts")
  const both = await inTurns(
    times,
    () => timed(() => runProcess("--help", [process.execPath, script, "--help"])),
    () => timed(() => runProcess("bun -e 0", [process.execPath, "-e", "0"])),
  )
  return {
    name: "start of a command (--help)",
    against: "bun -e 0",
    target: "<= 100 ms more",
    ...both,
    unit: "ms",
    result: `${Math.round(both.ours.median - both.floor.median)} ms more`,
  }
}
