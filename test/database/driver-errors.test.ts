import { describe, expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import { driverError } from "../../lib/database/connection/driver-errors.ts"
import { readFacts, requireSuitable } from "../../lib/database/connection/server-facts.ts"

const server = "postgres://me@db.example/stats"

const named = (code: string, message: string, isStandby = false): string =>
  driverError({ server, isStandby }, { code, message })._tag

describe("an error of the database", () => {
  test.each([
    ["28P01", "Passwort-Authentifizierung fehlgeschlagen", "DatabaseRefused"],
    ["28000", "aucune entrée dans pg_hba.conf", "DatabaseRefused"],
    ["3D000", "Datenbank existiert nicht", "DatabaseRefused"],
    ["53300", "tut mir leid, schon zu viele Verbindungen", "DatabaseUnavailable"],
    ["57P03", "das Datenbanksystem startet", "DatabaseUnavailable"],
    ["42501", "keine Berechtigung", "DatabaseForbidden"],
    ["25006", "kann in einer Read-Only-Transaktion nicht ausgeführt werden", "DatabaseReadOnly"],
    ["40001", "konnte Zugriff nicht serialisieren", "TransactionConflict"],
    ["40P01", "Verklemmung entdeckt", "TransactionConflict"],
    ["57P01", "Verbindung wird abgebrochen", "ConnectionLost"],
    ["57P05", "idle-session timeout", "ConnectionLost"],
    ["25P03", "idle-in-transaction timeout", "ConnectionLost"],
    ["08006", "connection failure", "ConnectionLost"],
    ["57014", "storniere Anfrage", "StatementFailed"],
  ])(
    "an error of the database is known by its SQLSTATE in every language: %s, %s",
    (code, message, tag) => {
      expect(named(code, message)).toBe(tag)
    },
  )
  test.each([
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "CONNECTION_CLOSED",
  ])("an error of a socket in use means that the connection is lost: %s", (code) => {
    expect(named(code, `write ${code}`)).toBe("ConnectionLost")
  })
  test("an error that the driver finds in a call is not taken for a lost connection", () => {
    expect(named("UNDEFINED_VALUE", "Undefined values are not allowed")).toBe("StatementFailed")
  })
  test("a conflict on a standby keeps its reason", () => {
    expect(named("40001", "canceling statement due to conflict with recovery", true)).toBe(
      "RecoveryConflict",
    )
  })
})

describe("a server", () => {
  const suitable = (number: string, encoding = "UTF8") =>
    readFacts({ description: "PostgreSQL on x86_64-linux", number, encoding, standby: false }).pipe(
      Effect.flatMap((facts) => requireSuitable(server, facts)),
      Effect.result,
      Effect.runPromise,
    )

  test.each(["150000", "160009", "170002", "180001", "190000"])(
    "a server of version %s is accepted",
    async (number) => {
      expect(await suitable(number)).toMatchObject({ _tag: "Success" })
    },
  )
  test("a server before version 15 is refused before anything is done", async () => {
    expect(await suitable("140012")).toMatchObject({
      failure: { detail: "it is PostgreSQL 14, and version 15 or later is needed" },
    })
  })
})
