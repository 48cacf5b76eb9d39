import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir, userInfo } from "node:os"
import { join } from "node:path"
import { freePort } from "./free-port.ts"

/** Whether tests may start PgBouncer, as Debian packages it. */
export const hasPgbouncer =
  process.env.TEST_PGBOUNCER === "1" && process.env.TEST_DATABASE_URL !== undefined

/** A PgBouncer in front of a server. */
export interface Pooler {
  /** The address of one of the server's databases by way of the pooler. */
  readonly through: (url: string) => string
  readonly stop: () => Promise<void>
}

const isListening = (port: number): Promise<boolean> =>
  Bun.connect({ hostname: "127.0.0.1", port, socket: { data() {} } }).then(
    (socket) => {
      socket.end()
      return true
    },
    () => false,
  )

/** Starts PgBouncer in front of the server at `url`, with settings such as `pool_mode`. */
export const startPgbouncer = async (
  url: string,
  settings: Readonly<Record<string, string>>,
): Promise<Pooler> => {
  const { hostname, port, username } = new URL(url)
  const folder = await mkdtemp(join(tmpdir(), "pgbouncer-"))
  const listenPort = await freePort()
  const all = {
    listen_addr: "127.0.0.1",
    listen_port: String(listenPort),
    unix_socket_dir: "",
    auth_type: "trust",
    auth_file: join(folder, "users"),
    logfile: join(folder, "log"),
    ...settings,
  }
  await chmod(folder, 0o777)
  await writeFile(join(folder, "users"), `"${username}" ""\n`)
  await writeFile(
    join(folder, "pgbouncer.ini"),
    [
      "[databases]",
      `* = host=${hostname} port=${port === "" ? 5432 : port}`,
      "[pgbouncer]",
      ...Object.entries(all).map(([name, value]) => `${name} = ${value}`),
    ].join("\n"),
  )
  // It does not run as root.
  const user = userInfo().uid === 0 ? ["-u", "nobody"] : []
  const program = Bun.spawn(["pgbouncer", ...user, join(folder, "pgbouncer.ini")], {
    stdout: "ignore",
    stderr: "ignore",
  })
  while (program.exitCode === null && !(await isListening(listenPort))) await Bun.sleep(20)
  if (program.exitCode !== null) throw new Error(`pgbouncer ended with ${program.exitCode}`)
  return {
    through: (target) => {
      const through = new URL(target)
      through.hostname = "127.0.0.1"
      through.port = String(listenPort)
      return through.href
    },
    stop: async () => {
      program.kill("SIGKILL")
      await program.exited
      await rm(folder, { recursive: true })
    },
  }
}

const version = hasPgbouncer
  ? (/(\d+)\.(\d+)/.exec(await new Response(Bun.spawn(["pgbouncer", "-V"]).stdout).text()) ?? [])
  : []

// Before 1.21 there is no such setting, and it is as if it were 0.
const tracksStatements = Number(version[1]) > 1 || Number(version[2]) >= 21

/** The ways in which a pooler may hand out its connections, each with what else matters. */
export const poolModes: readonly (Readonly<Record<string, string>> & {
  readonly pool_mode: string
})[] = [
  { pool_mode: "session" },
  { pool_mode: "transaction" },
  ...(tracksStatements ? [{ pool_mode: "transaction", max_prepared_statements: "0" }] : []),
]
