import { describe, expect, setDefaultTimeout, test } from "bun:test"
import { type Refusal, startRefusingServer } from "../support/fake-postgres.ts"
import { isLongRun, patience } from "../support/long-run.ts"
import { runHere } from "../support/run-here.ts"

setDefaultTimeout(patience)

const tooMany = { code: "53300", message: "sorry, too many clients already" }

describe("a database that refuses connections", () => {
  /** Has a command fail on a database whose address holds a password; returns its message. */
  const failure = async (address: string) => {
    const environment = { DATABASE_URL: `postgres://me:hunter2@${address}` }
    const { exitCode, stdout, stderr } = await runHere("status", [], environment)
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

  test("a wrong password is named as the reason for a refused connection", async () => {
    const message = 'password authentication failed for user "me"'
    const said = await refusal({ code: "28P01", message, asksForPassword: true })
    expect(said).toContain(`refused the connection: ${message}. Check the user, password`)
  })
  test("a server with too many connections, or still starting, is named as the reason", async () => {
    const startingUp = { code: "57P03", message: "the database system is starting up" }
    for (const cause of [tooMany, startingUp]) {
      const said = await refusal(cause, "?connect_timeout=1")
      expect(said).toContain(
        `lets nobody in at present (${cause.message}); trying again for up to 1s`,
      )
      expect(said).toContain(`lets nobody in at present: ${cause.message}. Run the command again`)
    }
  })
  test("a server that does not speak TLS is named as the reason, with the setting that asked for it", async () => {
    const said = await refusal(tooMany, "?sslmode=require")
    expect(said).toContain("cannot be reached by TLS: the server does not speak TLS, which sslmode")
    expect(said).toContain("Check sslmode and sslrootcert in its address")
  })
  test("a setting that the server does not know is named as the reason", async () => {
    const message = 'unrecognized configuration parameter "schema"'
    const said = await refusal({ code: "42704", message }, "?options=-c%20schema=public")
    expect(said).toContain(`refused a setting: ${message}. Remove it`)
  })
  test("a port where nothing listens and a host that does not exist are unreachable", async () => {
    expect(await failure("127.0.0.1:9/stats")).toContain("cannot be reached: connect ECONNREFUSED")
    expect(await failure("no-such-host.invalid/stats")).toContain("cannot be reached: ")
  })
  // The time limit is the commands' own.
  test.if(isLongRun)("a server that is no database, or never answers, is unreachable", async () => {
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
