import { existsSync, readdirSync } from "node:fs"
import { appendFile, chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir, userInfo } from "node:os"
import { join } from "node:path"
import { freePort } from "./free-port.ts"

// Where Debian keeps the programs of each version.
const packages = "/usr/lib/postgresql"

const newest = existsSync(packages)
  ? readdirSync(packages).toSorted((a, b) => Number(b) - Number(a))[0]
  : undefined

/**
 * Whether tests may start servers of their own: for what cannot be done to the one that all share, such
 * as a restart.
 */
export const hasServerPrograms = process.env.TEST_DATABASE_URL !== undefined && newest !== undefined

// It does not run as root.
const asPostgres = userInfo().uid === 0 ? ["runuser", "-u", "postgres", "--"] : []

const run = async (program: string, ...flags: readonly string[]): Promise<void> => {
  const path = join(packages, newest ?? "", "bin", program)
  const child = Bun.spawn([...asPostgres, path, ...flags], { stdout: "ignore", stderr: "pipe" })
  const errors = new Response(child.stderr).text()
  if ((await child.exited) !== 0) throw new Error(`${program}: ${await errors}`)
}

/** A PostgreSQL server of a test's own. */
export interface ScratchServer {
  readonly port: number
  readonly folder: string
  /** The address of one of its databases. */
  readonly at: (database?: string) => string
  readonly stop: (mode?: "fast" | "immediate") => Promise<void>
  readonly start: () => Promise<void>
  /** Gives it a file that nobody else may read, as a key has to be. */
  readonly own: (file: string) => Promise<void>
  /** Stops it and deletes what it holds. */
  readonly remove: () => Promise<void>
}

const prepare = (folder: string, port: number): ScratchServer => {
  const stop = (mode: "fast" | "immediate" = "fast") =>
    run("pg_ctl", "-D", folder, "-m", mode, "-w", "stop")
  return {
    port,
    folder,
    at: (database = "postgres") => `postgres://postgres@127.0.0.1:${port}/${database}`,
    stop,
    own: async (file) => {
      await chmod(file, 0o600)
      if (asPostgres.length > 0) await Bun.$`chown postgres ${file}`.quiet()
    },
    start: () => run("pg_ctl", "-D", folder, "-l", join(folder, "log"), "-w", "start"),
    remove: async () => {
      await stop("immediate").catch(() => {})
      await rm(folder, { recursive: true })
    },
  }
}

const emptyFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "server-"))
  await chmod(folder, 0o700)
  if (asPostgres.length > 0) await Bun.$`chown postgres ${folder}`.quiet()
  return folder
}

/** Starts a server with settings such as `max_connections`, in the form of postgresql.conf. */
export const startServer = async (
  settings: Readonly<Record<string, string>> = {},
  ...initialFlags: readonly string[]
): Promise<ScratchServer> => {
  const folder = await emptyFolder()
  const port = await freePort()
  await run("initdb", "-D", folder, "-U", "postgres", "-A", "trust", "-N", ...initialFlags)
  const all = {
    port: String(port),
    listen_addresses: "'127.0.0.1'",
    unix_socket_directories: `'${folder}'`,
    fsync: "off",
    ...settings,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}\n`)
  await appendFile(join(folder, "postgresql.conf"), lines.join(""))
  const server = prepare(folder, port)
  await server.start()
  return server
}

/** Starts a hot standby of a server. */
export const startStandby = async (
  primary: ScratchServer,
  settings: Readonly<Record<string, string>> = {},
): Promise<ScratchServer> => {
  const folder = await emptyFolder()
  const port = await freePort()
  await run(
    "pg_basebackup",
    ...["-d", primary.at("postgres"), "-D", folder, "-R", "-X", "stream", "-c", "fast"],
  )
  const all = { port: String(port), unix_socket_directories: `'${folder}'`, ...settings }
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}\n`)
  await appendFile(join(folder, "postgresql.conf"), lines.join(""))
  const server = prepare(folder, port)
  await server.start()
  return server
}
