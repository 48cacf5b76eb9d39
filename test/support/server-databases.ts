import postgres from "postgres"
import { withPassword } from "./secrets.ts"

/** The server that `TEST_DATABASE_URL` names, on which tests may create databases of their own. */
export const serverUrl = process.env.TEST_DATABASE_URL

const onServer = async (statement: string): Promise<void> => {
  const admin = postgres(serverUrl ?? "", { max: 1, onnotice: () => {} })
  try {
    await admin.unsafe(statement)
  } finally {
    await admin.end()
  }
}

/** The name of the database at an address. */
export const nameOf = (url: string): string => new URL(url).pathname.slice(1)

/** Creates a database on the server, empty or a copy of `original`, and returns its address. */
export const createDatabase = async (original?: string): Promise<string> => {
  const url = withPassword(serverUrl ?? "")
  url.pathname = `towerstats_test_${crypto.randomUUID().replaceAll("-", "")}`
  const copying = original === undefined ? "" : ` template ${nameOf(original)}`
  await onServer(`create database ${nameOf(url.href)}${copying}`)
  return url.href
}

/** Drops a database, whoever is connected to it. */
export const dropDatabase = (url: string): Promise<void> =>
  onServer(`drop database ${nameOf(url)} with (force)`)

/** Copies a database for as long as it is used. */
export const withCopy = async <A>(original: string, use: (url: string) => Promise<A>) => {
  const url = await createDatabase(original)
  return use(url).finally(() => dropDatabase(url))
}
