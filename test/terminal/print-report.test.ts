import { expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { open } from "node:fs/promises"
import { resolve } from "node:path"
import { onEachDatabase } from "../support/databases.ts"

const script = resolve(import.meta.dir, "../../scripts/players.ts")

// A device that takes nothing, as a full disk does; not every system has one.
const full = "/dev/full"

onEachDatabase("a result", (database) => {
  const list = async (stdout: number | "pipe") => {
    const child = Bun.spawn([process.execPath, script, "list"], {
      env: { ...process.env, DATABASE_URL: database.url },
      stdout,
      stderr: "pipe",
    })
    if (child.stdout instanceof ReadableStream) await child.stdout.cancel()
    return { stderr: await new Response(child.stderr).text(), exitCode: await child.exited }
  }

  test.if(existsSync(full))("a result that cannot be printed is a failure", async () => {
    const device = await open(full, "w")
    const { stderr, exitCode } = await list(device.fd)
    await device.close()
    expect(exitCode).toBe(1)
    expect(stderr).toContain("could not be written to standard output (ENOSPC)")
  })
  test("a closed pipe is not a failure", async () => {
    expect(await list("pipe")).toEqual({ stderr: "", exitCode: 0 })
  })
})
