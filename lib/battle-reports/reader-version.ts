import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { queryRow } from "../database/query.ts"

const code = join(import.meta.dir, "reader")

const codeFiles = (): readonly string[] =>
  readdirSync(code, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

let knownDigest: string | undefined

// A process reads with the code that it has loaded, whatever becomes of the files.
const codeDigest = (): string => {
  if (knownDigest !== undefined) return knownDigest
  const hasher = new Bun.CryptoHasher("sha256")
  for (const file of codeFiles()) hasher.update(readFileSync(file))
  knownDigest = hasher.digest("hex").slice(0, 12)
  return knownDigest
}

const botsDigest = queryRow(
  Schema.Struct({ digest: Schema.String }),
  (sql) => sql`
    select left(md5(coalesce(string_agg(slug || '=' || name, ',' order by slug), '')), 8) as digest
    from definitions.definition where kind = 'bot'`,
)

/**
 * Names the reader as it is now: its code, and the bots it knows. Two runs of the same version read
 * a report the same way, so what one has read the other need not read again.
 */
export const readerVersion = Effect.map(botsDigest, ({ digest }) => `${codeDigest()}.${digest}`)
