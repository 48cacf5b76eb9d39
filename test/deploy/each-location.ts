import { beforeAll, describe } from "bun:test"
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { createEmbedded, onServer } from "../support/databases.ts"
import { sharedFolder } from "../support/folders.ts"

/** A database for deploys that run as processes. */
export interface Location {
  /** The environment variables that make a process use it. */
  readonly environment: Readonly<Record<string, string>>
  /** Makes it empty; for the first test only. */
  readonly empty: () => Promise<void>
  /** What processes have left behind: lock files, or sessions. */
  readonly leftovers: () => Promise<readonly string[]>
}

/**
 * Runs tests with an embedded database in a folder of its own, which a deploy lends to its steps,
 * and, where `TEST_DATABASE_URL` names a server, with a database there. The embedded one
 * starts empty, and what a test leaves in it is there for the next: another for each would take seconds.
 */
export const onEachLocation = (name: string, body: (location: Location) => void): void => {
  describe(`${name} (embedded)`, () => {
    const parent = sharedFolder()
    beforeAll(() => createEmbedded(join(parent(), "database")))
    body({
      get environment() {
        return { TOWERSTATS_DATABASE_FOLDER: join(parent(), "database") }
      },
      empty: async () => {},
      leftovers: async () => (await readdir(parent())).filter((file) => file !== "database"),
    })
  })
  onServer(name, (database) =>
    body({
      get environment() {
        return { DATABASE_URL: database.url }
      },
      empty: async () => {
        await database.sql.unsafe(
          "drop schema gamedata, player_state, definitions, towerstats cascade",
        )
      },
      leftovers: async () => {
        const sessions = () => database.sql<{ name: string }[]>`
          select application_name as name from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`
        // The server closes a session a moment after its process has ended.
        for (let tries = 0; tries < 20 && (await sessions()).length > 0; tries += 1)
          await Bun.sleep(50)
        return (await sessions()).map(({ name }) => name)
      },
    }),
  )
}
