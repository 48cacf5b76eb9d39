import { readFileSync, statSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { note } from "../../terminal/notice.ts"
import { isFolder, type ServerAddress } from "./address.ts"

const fieldsOf = (line: string): readonly string[] =>
  [...line.matchAll(/(?:^|:)((?:\\.|[^:\\])*)/g)].map(([, field = ""]) =>
    field.replaceAll(/\\(.)/g, "$1"),
  )

/** The password for an address, out of the text of a .pgpass; null where it has none. */
export const passwordIn = (
  text: string,
  { host, port, database, user }: Pick<ServerAddress, "host" | "port" | "database" | "user">,
): string | null => {
  const wanted = [isFolder(host) ? "localhost" : host, String(port), database, user]
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("#")) continue
    const fields = fieldsOf(line)
    const password = fields[wanted.length]
    const matches = wanted.every(
      (value, index) =>
        fields[index] === "*" || fields[index] === value || (index === 0 && fields[index] === host),
    )
    if (password !== undefined && matches) return password
  }
  return null
}

const readable = 0o077

/**
 * Adds the password of the user's password file, `PGPASSFILE` or ~/.pgpass, to an address that has
 * none. As PostgreSQL's own tools do, this leaves a file alone that others may read.
 */
export const withPasswordFile = Effect.fnUntraced(function* (
  address: ServerAddress,
  file: string = join(homedir(), ".pgpass"),
) {
  if (address.password !== null) return address
  const found = yield* Effect.sync(() => {
    try {
      const { mode } = statSync(file)
      return { isOpen: (mode & readable) !== 0, text: readFileSync(file, "utf8") }
    } catch {
      return null
    }
  })
  if (found === null) return address
  if (found.isOpen) {
    yield* note(
      `The password file ${file} is not used, because others may read it; chmod it to 600.`,
    )
    return address
  }
  const password = passwordIn(found.text, address)
  return password === null ? address : { ...address, password: Redacted.make(password) }
})
