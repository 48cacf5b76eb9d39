import { describe, expect, test } from "bun:test"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { formatAddress, type ServerAddress } from "../../lib/database/connection/address.ts"
import { passwordIn } from "../../lib/database/connection/password-file.ts"
import { type Environment, readAddress } from "../../lib/database/connection/read-address.ts"

const read = (url: string, environment: Environment = {}) =>
  readAddress(Redacted.make(url), environment)

const readable = (url: string, environment: Environment = {}) => {
  const { password, ...address } = Result.getOrThrow(read(url, environment))
  return { ...address, password: password === null ? null : Redacted.value(password) }
}

const problem = (url: string, environment: Environment = {}) =>
  Result.getFailure(read(url, environment)).pipe((failure) =>
    failure._tag === "Some" ? failure.value : "none",
  )

describe("an address", () => {
  test("an address has the parts that PostgreSQL's own tools read in it", () => {
    expect(readable("postgresql://me:p%40ss%3A%2F@db.example:6432/st%C3%A4ts")).toMatchObject({
      host: "db.example",
      port: 6432,
      user: "me",
      password: "p@ss:/",
      database: "stäts",
      tls: "prefer",
      connectTimeout: 10,
    })
    expect(readable("postgres://me@[::1]:5433/stats")).toMatchObject({
      host: "::1",
      port: 5433,
      tls: "disable",
    })
    expect(readable("postgres://me@/stats?host=/var/run/postgresql&port=5433")).toMatchObject({
      host: "/var/run/postgresql",
      port: 5433,
    })
    expect(readable("postgres://me@%2Ftmp/stats").host).toBe("/tmp")
    expect(
      readable(
        "postgres://db/stats?user=me&password=p&dbname=other&options=-c%20work_mem%3D8MB&application_name=x&connect_timeout=0",
      ),
    ).toMatchObject({
      user: "me",
      password: "p",
      database: "other",
      options: "-c work_mem=8MB",
      applicationName: "x",
      connectTimeout: null,
    })
  })

  test("an address says how its connection is encrypted and what is checked", () => {
    const tls = (parameters: string) => readable(`postgres://me@db.example/stats?${parameters}`).tls
    for (const mode of ["disable", "allow", "prefer", "require", "verify-full"] as const)
      expect(tls(`sslmode=${mode}`)).toBe(mode)
    expect(tls("sslmode=require&sslrootcert=/ca.pem")).toBe("verify-ca")
    expect(tls("sslrootcert=system")).toBe("verify-full")
    // As Neon hands it out.
    expect(tls("sslmode=require&channel_binding=require")).toBe("verify-full")
    expect(tls("sslmode=require&channel_binding=prefer")).toBe("require")
  })

  test.each([
    ["mysql://me@db/stats", "it does not start with postgres://"],
    ["postgres://me@db:port/stats", "its port is not a number"],
    ["postgres://me@one,two/stats", "it names several hosts; name one"],
    ["postgres://me@[1.2.3.4]/stats", "its host is not an IPv6 address"],
    ["postgres:///stats", "it names no host"],
    ["postgres://me@db/stats?sslmode=full", "its sslmode is none of disable, allow"],
    ["postgres://me@db/stats?sslmode=verify-ca", "sslmode=verify-ca needs sslrootcert"],
    [
      "postgres://me@db/stats?ssl=true",
      "the parameter ssl is not supported. Write sslmode=require",
    ],
    ["postgres://me@db/stats?pgbouncer=true", "the parameter pgbouncer is not supported. Leave it"],
    ["postgres://me@db/stats?sslcert=x", "the parameter sslcert is not supported. Client"],
    [
      "postgres://me@db/stats?target_session_attrs=read-write",
      "the parameter target_session_attrs",
    ],
    [
      "postgres://me@db/stats?connection_limit=1",
      "the parameter connection_limit is not supported",
    ],
    ["postgres://me@db/stats?channel_binding=yes", "its channel_binding is none of disable"],
    [
      "postgres://me@db/stats?sslmode=disable&channel_binding=require",
      "channel_binding=require needs TLS",
    ],
  ])("an address that asks for what cannot be done is refused by name: %s", (url, said) => {
    expect(problem(url)).toStartWith(said)
  })

  test("an address takes from PostgreSQL's variables only what it does not say itself", () => {
    const environment = {
      PGHOST: "other.example",
      PGPORT: "6000",
      PGUSER: "somebody",
      PGPASSWORD: "secret",
      PGDATABASE: "elsewhere",
      PGSSLMODE: "require",
    }
    expect(readable("postgres://", environment)).toMatchObject({
      host: "other.example",
      port: 6000,
      user: "somebody",
      password: "secret",
      database: "elsewhere",
      tls: "require",
    })
    expect(
      readable("postgres://me:own@db.example:5432/stats?sslmode=disable", environment),
    ).toMatchObject({
      host: "db.example",
      port: 5432,
      user: "me",
      password: "own",
      database: "stats",
      tls: "disable",
    })
    expect(problem("postgres://db/stats", { PGSERVICE: "mine" })).toStartWith(
      "PGSERVICE is not supported.",
    )
  })

  test("an address that is written out and read again is the same", () => {
    const text = fc.string({ minLength: 1, unit: "grapheme" })
    const address = fc.record({
      host: fc.constantFrom("db.example", "127.0.0.1", "::1", "/tmp/a b"),
      port: fc.integer({ min: 1, max: 65_535 }),
      user: text,
      password: fc.option(text.map((secret) => Redacted.make(secret))),
      database: text,
      tls: fc.constantFrom("disable" as const, "allow", "prefer", "require", "verify-full"),
      bindsChannel: fc.constant(false),
      rootCertificates: fc.constant(null),
      applicationName: fc.option(text),
      options: fc.option(text),
      connectTimeout: fc.option(fc.integer({ min: 1, max: 99_999 })),
    })
    fc.assert(
      fc.property(address, (original) => {
        const again = Result.getOrThrow(readAddress(formatAddress(original)))
        const shown = ({ password, ...rest }: ServerAddress) => ({
          ...rest,
          password: password === null ? null : Redacted.value(password),
        })
        expect(shown(again)).toEqual(shown(original))
      }),
    )
  })
})

describe("a password file", () => {
  const text = [
    "# host:port:database:user:password",
    "db.example:5432:stats:me:first",
    "db.example:*:*:me:se\\:cond\\\\",
    "localhost:*:*:*:local",
    "*:*:*:you:last",
  ].join("\n")
  const password = (host: string, port: number, database: string, user: string) =>
    passwordIn(text, { host, port, database, user })

  test("the first line of a password file that fits an address has its password", () => {
    expect(password("db.example", 5432, "stats", "me")).toBe("first")
    expect(password("db.example", 5433, "stats", "me")).toBe("se:cond\\")
    expect(password("/var/run/postgresql", 5432, "stats", "me")).toBe("local")
    expect(password("elsewhere", 5432, "stats", "you")).toBe("last")
    expect(password("elsewhere", 5432, "stats", "me")).toBeNull()
  })
})
