import { beforeAll, expect, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { importedPerBatch } from "../../lib/battle-reports/import/submissions.ts"
import { reparsedPerBatch } from "../../lib/battle-reports/reparse/read-stored.ts"
import { execute } from "../../lib/database/query.ts"
import { playersPerBatch } from "../../lib/player-state/sync.ts"
import { onFilledServer } from "../support/databases.ts"
import { sharedFolder } from "../support/folders.ts"
import { startOn } from "./attempts.ts"
import { manyReports } from "./input.ts"
import { transactionsIn } from "./states.ts"
import { writerOf } from "./writers.ts"

const players = playersPerBatch + 1
const reports = Math.max(importedPerBatch, reparsedPerBatch) + 1

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
beforeAll(() => writeFile(join(folder(), "reports.txt"), manyReports(1, reports)))

onFilledServer("a write in more than one batch", fill, (database) => {
  /** How many transactions there are in what a command writes. */
  const transactionsOf = async (command: string) => {
    const input = { pages: "", reports: folder(), remove: async () => {} }
    const writer = writerOf(command)
    await database.sql.unsafe(writer.before)
    const before = await transactionsIn(database.sql)
    const { exitCode, stderr } = await startOn(database, writer, input).outcome
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
    return (await transactionsIn(database.sql)).difference(before).size
  }

  test("an import and a sync are one transaction each, and so is each batch of a reparse", async () => {
    expect(await transactionsOf("import-battle-reports")).toBe(1)
    expect(await transactionsOf("sync-player-state")).toBe(1)
    expect(await transactionsOf("reparse-battle-reports")).toBe(
      Math.ceil(reports / reparsedPerBatch),
    )
  })
})
