import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test"
import { appendFile, chmod, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { sharedFolder } from "../support/folders.ts"
import { hasServerPrograms, type ScratchServer, startServer } from "../support/scratch-server.ts"
import { runScript } from "../support/scripts.ts"
import { selfSigned } from "../support/self-signed.ts"
import { withSql } from "../support/sessions.ts"

setDefaultTimeout(60_000)

const secret = "pä$$ word:/@"

describe.if(hasServerPrograms)("logging in to a server", () => {
  const folder = sharedFolder()
  let server: ScratchServer
  beforeAll(async () => {
    const { cert, key } = selfSigned("localhost")
    const files = { cert: join(folder(), "cert.pem"), key: join(folder(), "key.pem") }
    await chmod(folder(), 0o777)
    await writeFile(files.cert, cert)
    await writeFile(files.key, key)
    server = await startServer({ password_encryption: "'scram-sha-256'" })
    await server.own(files.key)
    await withSql(server.at(), (sql) =>
      sql.unsafe(`create role plain login; create role me login superuser password '${secret}'`),
    )
    await appendFile(
      join(server.folder, "postgresql.conf"),
      `ssl = on\nssl_cert_file = '${files.cert}'\nssl_key_file = '${files.key}'\n`,
    )
    await writeFile(
      join(server.folder, "pg_hba.conf"),
      [
        "local all all scram-sha-256",
        "hostssl all me 127.0.0.1/32 scram-sha-256",
        "hostnossl all plain 127.0.0.1/32 trust",
        "host all postgres 127.0.0.1/32 trust",
        "",
      ].join("\n"),
    )
    await server.stop()
    await server.start()
  })
  afterAll(() => server.remove())

  const password = encodeURIComponent(secret)
  const migrate = (url: string, environment: Readonly<Record<string, string>> = {}) =>
    runScript("migrate", ["--check"], {
      ...(url === "" ? {} : { DATABASE_URL: url }),
      ...environment,
    })
  const works = async (...call: Parameters<typeof migrate>) => {
    const { exitCode, stderr } = await migrate(...call)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
  }
  const fails = async (...call: Parameters<typeof migrate>) => {
    const { exitCode, stdout, stderr } = await migrate(...call)
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" })
    return stderr
  }
  const at = (parameters: string, host = "localhost") =>
    `postgres://me:${password}@${host}:${server.port}/postgres?${parameters}`

  test("a password is proven by SCRAM over TLS, whose certificate is checked where that is asked for", async () => {
    await works(at("sslmode=require"))
    await works(at("sslmode=prefer"))
    await works(at(`sslmode=verify-full&sslrootcert=${join(folder(), "cert.pem")}`))
    await works(at(`channel_binding=require&sslrootcert=${join(folder(), "cert.pem")}`))
    await works(at(`sslmode=verify-ca&sslrootcert=${join(folder(), "cert.pem")}`, "127.0.0.1"))
  })
  test("a certificate that cannot be trusted, or is another host's, is refused", async () => {
    expect(await fails(at("sslmode=verify-full"))).toContain("cannot be reached by TLS: ")
    expect(await fails(at("sslmode=require&channel_binding=require"))).toContain(
      "(channel_binding=require has the certificate checked, as by sslmode=verify-full)",
    )
    const named = at(`sslmode=verify-full&sslrootcert=${join(folder(), "cert.pem")}`, "127.0.0.1")
    expect(await fails(named)).toContain("cannot be reached by TLS: ")
  })
  test("a server that insists on TLS and is asked for none says so", async () => {
    expect(await fails(at("sslmode=disable"))).toContain("refused the connection: ")
  })
  test("where TLS is only preferred, a server that lets in without it alone is reached without", async () => {
    const plain = (mode: string) =>
      `postgres://plain@127.0.0.1:${server.port}/postgres?sslmode=${mode}`
    for (const mode of ["prefer", "allow", "disable"]) await works(plain(mode))
    expect(await fails(plain("require"))).toContain("refused the connection: ")
    await works(at("sslmode=allow"))
  })
  test("a server is found by PostgreSQL's variables, and its password in the password file", async () => {
    const variables = {
      PGHOST: "localhost",
      PGPORT: String(server.port),
      PGUSER: "me",
      PGDATABASE: "postgres",
      PGSSLMODE: "require",
    }
    await works("", { ...variables, PGPASSWORD: secret })
    const file = join(folder(), "pgpass")
    await writeFile(file, `localhost:*:postgres:me:${secret.replaceAll(":", "\\:")}\n`)
    await chmod(file, 0o600)
    await works("", { ...variables, PGPASSFILE: file })
    await chmod(file, 0o644)
    expect(await fails("", { ...variables, PGPASSFILE: file })).toContain(
      `The password file ${file} is not used, because others may read it; chmod it to 600.`,
    )
  })
  test("a server is reached by its Unix socket", async () => {
    const { port } = server
    await works(`postgres://me:${password}@/postgres?host=${server.folder}&port=${port}`)
    await works("", {
      PGHOST: server.folder,
      PGPORT: String(port),
      PGUSER: "me",
      PGPASSWORD: secret,
      PGDATABASE: "postgres",
    })
  })
})
