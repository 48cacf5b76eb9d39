import { expect, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { reparsedPerBatch } from "../../lib/battle-reports/reparse/read-stored.ts"
import { execute } from "../../lib/database/query.ts"
import { playersPerBatch } from "../../lib/player-state/sync.ts"
import { onFilledServer } from "../support/databases.ts"
import { sharedFolder } from "../support/folders.ts"
import { startOn } from "./attempts.ts"
import { sizes } from "./import-in-batches.ts"
import { manyReports } from "./input.ts"
import { transactionsIn } from "./states.ts"
import { importerInBatches, type Writer, writerOf } from "./writers.ts"

const players = playersPerBatch + 1
const reports = reparsedPerBatch + 1

const fill = execute((sql) =>
  sql.unsafe(`
    with account as (
      insert into player_state.account (username) values ('bob')
      union all
      select 'player ' || number from generate_series(2, ${players}) as number
      returning id, username)
    insert into player_state.player (account_id, display_name) select id, username from account;
    insert into definitions.definition (kind, slug, name, wiki_page_url, wiki_entity_id)
    values ('bot', 'golden_bot', 'Golden Bot', 'https://wiki.test/Golden_Bot', 'golden_bot');
    insert into definitions.parameter (definition_id, kind, key, display_name, unit_kind)
    select id, kind, 'range', 'Range', 'count' from definitions.definition`),
)

const folder = sharedFolder()
const fileOf = async (first: number) => {
  const file = join(folder(), `from-${first}.txt`)
  await writeFile(file, manyReports(first, reports))
  return file
}

onFilledServer("a write in more than one batch", fill, (database) => {
  /** How many transactions there are in what a command writes. */
  const transactionsOf = async (writer: Writer, firstReport = 1) => {
    const input = { pages: "", reports: await fileOf(firstReport), remove: async () => {} }
    await database.sql.unsafe(writer.before)
    const before = await transactionsIn(database.sql)
    const { exitCode, stderr } = await startOn(database, writer, input).outcome
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
    return (await transactionsIn(database.sql)).difference(before).size
  }

  test("an import of more reports than are imported as a whole is one transaction for each batch", async () => {
    const { whole, batch } = sizes
    expect(reports).toBeGreaterThan(whole)
    expect(await transactionsOf(importerInBatches, 1 + reports)).toBe(Math.ceil(reports / batch))
  })

  test("an import and a sync are one transaction each, and so is each batch of a reparse", async () => {
    expect(await transactionsOf(writerOf("import-battle-reports"))).toBe(1)
    expect(await transactionsOf(writerOf("sync-player-state"))).toBe(1)
    expect(await transactionsOf(writerOf("reparse-battle-reports"))).toBe(
      Math.ceil((2 * reports) / reparsedPerBatch),
    )
  })
})
