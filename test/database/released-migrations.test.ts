import { expect, test } from "bun:test"
import { resolve } from "node:path"

const folder = resolve(import.meta.dir, "../../sql/migrations")

/** The migrations that releases have brought, each with the SHA-256 of its text. */
const released: Readonly<Record<string, string>> = {
  "0001_suite.sql": "49c61aa377dece11e5d408afa080c678a88a29f5dc5a035782854df54f771962",
  "0002_wiki_data.sql": "5aa30514988665d0ea4be222932c0841f67dade846095e6ab08c39aa09de8cd7",
  "0003_definitions.sql": "cf5d991dc0fc3a1ed0d1953edac1861819fa2b237aa9c64f1848795a4ab752da",
  "0004_player_state.sql": "8ac5998545fc616ce261724d19876e5c8dce8fe4526f31ab245f1d8f77bfb7bb",
  "0005_battle_reports.sql": "36f3cecdf1938ea37221f4691ffbb3aa5556e9846b56c9bb507371187d9b9478",
}

for (const [file, sha256] of Object.entries(released))
  test(`the migration ${file} is as it was released`, async () => {
    const text = (await Bun.file(resolve(folder, file)).text()).replaceAll("\r\n", "\n")
    expect(
      new Bun.CryptoHasher("sha256").update(text).digest("hex"),
      `${file} was released, and databases have applied it: restore it, and put the change into a new migration.`,
    ).toBe(sha256)
  })
