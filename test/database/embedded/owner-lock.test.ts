import { describe, expect, test } from "bun:test"
import { existsSync } from "node:fs"
import { readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import { platform } from "../../../lib/command/run-command.ts"
import { ownFolder } from "../../../lib/database/embedded/owner-lock.ts"
import { folderOfEachTest } from "../../support/folders.ts"

const parent = folderOfEachTest()
const folder = () => join(parent(), "database")
const lockFile = () => `${folder()}.lock`

const owning = <A, E, R>(work: Effect.Effect<A, E, R>) =>
  ownFolder(folder()).pipe(Effect.andThen(work), Effect.scoped)
const run = <A, E>(effect: Effect.Effect<A, E, Effect.Services<ReturnType<typeof ownFolder>>>) =>
  Effect.runPromise(effect.pipe(Effect.scoped, Effect.provide(platform)))

const deadOwner = (processId: number, processStart: string | null = null) =>
  JSON.stringify({ lockId: crypto.randomUUID(), processId, processStart, command: "old.ts" })

describe("owning the embedded database's folder", () => {
  test("owning the folder of an embedded database leaves no file behind", async () => {
    const isLocked = await run(owning(Effect.sync(() => existsSync(lockFile()))))
    expect(isLocked).toBe(true)
    expect(await readdir(parent())).toEqual([])
  })
  test("a folder with a living owner is refused, naming the process", async () => {
    const failure = await run(owning(Effect.flip(owning(Effect.void))))
    expect(failure.message).toContain(`in use by process ${process.pid}`)
  })
  test("a dead owner's folder is taken over", async () => {
    const child = Bun.spawn(["true"])
    await child.exited
    await writeFile(lockFile(), deadOwner(child.pid))
    await run(owning(Effect.void))
    expect(await readdir(parent())).toEqual([])
  })
  test("a folder is taken over when its owner's process id now belongs to another process", async () => {
    await writeFile(lockFile(), deadOwner(process.pid, "1"))
    await run(owning(Effect.void))
    expect(await readdir(parent())).toEqual([])
  })
  const tellsZombies = existsSync("/proc/self/stat")
  test.if(tellsZombies)("the folder of a zombie process is taken over", async () => {
    // The child ends after its shell has become something that never asks for it.
    const parentOfZombie = Bun.spawn(["sh", "-c", "sleep 0.2 & echo $!; exec sleep 60"], {
      stdout: "pipe",
    })
    const { value } = await parentOfZombie.stdout.getReader().read()
    const zombie = Number(new TextDecoder().decode(value))
    const readStat = () => Bun.file(`/proc/${zombie}/stat`).text()
    while (!(await readStat()).includes(") Z ")) await Bun.sleep(10)
    const stat = await readStat()
    await writeFile(lockFile(), deadOwner(zombie, stat.split(" ")[21]))
    await run(owning(Effect.void))
    expect(await readdir(parent())).toEqual([])
    parentOfZombie.kill()
  })
  test("when ten processes find a dead owner, one at a time gets the folder", async () => {
    const child = Bun.spawn(["true"])
    await child.exited
    await writeFile(lockFile(), deadOwner(child.pid))
    let owners = 0
    let most = 0
    const hold = Effect.gen(function* () {
      owners += 1
      most = Math.max(most, owners)
      yield* Effect.sleep("5 millis")
      owners -= 1
    })
    const outcomes = await run(
      Effect.all(
        Array.from({ length: 10 }, () => Effect.result(owning(hold))),
        { concurrency: "unbounded" },
      ),
    )
    expect(most).toBe(1)
    expect(outcomes.some(({ _tag }) => _tag === "Success")).toBe(true)
    expect(await readdir(parent())).toEqual([])
  })
  test("a damaged owner lock is left for a person to look at", async () => {
    await writeFile(lockFile(), "not a lock")
    const failure = await run(Effect.flip(owning(Effect.void)))
    expect(failure.message).toContain(`${lockFile()} is damaged`)
    expect(existsSync(lockFile())).toBe(true)
  })
})
