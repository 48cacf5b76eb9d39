import { describe, expect, setDefaultTimeout, test } from "bun:test"
import { type Refusal, startRefusingServer } from "../support/fake-postgres.ts"
import { isLongRun, patience } from "../support/long-run.ts"
import { runScript } from "../support/scripts.ts"

setDefaultTimeout(patience)

const tooMany = { code: "53300", message: "sorry, too many clients already" }

describe("a database that lets nobody in", () => {
  /** Has a command fail on the database at an address with a password; gives its message. */
  const failure = async (address: string) => {
    const environment = { DATABASE_URL: `postgres://me:hunter2@${address}` }
    const { exitCode, stdout, stderr } = await runScript("status", [], environment)
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" })
    return stderr
  }
  const refusal = async (refusal: Refusal, parameters = "") => {
    const server = startRefusingServer(refusal)
    const message = await failure(`127.0.0.1:${server.port}/stats${parameters}`)
    server.stop()
    expect(message).toContain(`postgres://me@127.0.0.1:${server.port}/stats`)
    return message
  }

  test("because the password is wrong", async () => {
    const message = 'password authentication failed for user "me"'
    const said = await refusal({ code: "28P01", message, asksForPassword: true })
    expect(said).toContain(`refused the connection: ${message}. Check the user, password`)
  })
  test("because it has too many connections, or is starting up", async () => {
    expect(await refusal(tooMany)).toContain(`refused the connection: ${tooMany.message}.`)
    const startingUp = { code: "57P03", message: "the database system is starting up" }
    expect(await refusal(startingUp)).toContain(`refused the connection: ${startingUp.message}.`)
  })
  test("because it cannot speak TLS", async () => {
    const said = await refusal(tooMany, "?sslmode=require")
    expect(said).toContain("cannot be reached by TLS: the server does not speak TLS, which sslmode")
    expect(said).toContain("Check sslmode and sslrootcert in DATABASE_URL")
  })
  test("because the address has a setting that it does not know", async () => {
    const message = 'unrecognized configuration parameter "schema"'
    const said = await refusal({ code: "42704", message }, "?options=-c%20schema=public")
    expect(said).toContain(`refused a setting: ${message}. Remove it`)
  })
  test("because nothing listens there, or there is no such host", async () => {
    expect(await failure("127.0.0.1:9/stats")).toContain("cannot be reached: connect ECONNREFUSED")
    expect(await failure("no-such-host.invalid/stats")).toContain("cannot be reached: ")
  })
  // The time limit is the commands' own.
  test.if(isLongRun)("because it is no database, or never answers", async () => {
    const web = Bun.serve({ port: 0, fetch: () => new Response("Welcome") })
    expect(await failure(`127.0.0.1:${web.port}/stats`)).toContain(
      "cannot be reached: the server closed the connection",
    )
    await web.stop(true)
    const silent = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } })
    expect(await failure(`127.0.0.1:${silent.port}/stats`)).toContain(
      "cannot be reached: it does not answer within 10 seconds",
    )
    silent.stop(true)
  })
})
