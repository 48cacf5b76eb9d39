import { describe, expect, test } from "bun:test"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as NodeChildProcessSpawner from "@effect/platform-node-shared/NodeChildProcessSpawner"
import * as NodeFileSystem from "@effect/platform-node-shared/NodeFileSystem"
import * as NodePath from "@effect/platform-node-shared/NodePath"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { runStep } from "../../lib/deploy/run-step.ts"
import type { Step } from "../../lib/deploy/steps.ts"
import { sharedFolder } from "../support/folders.ts"
import { collectedOutput } from "./collected-output.ts"
import { running, stalling } from "./processes.ts"
import { step } from "./step.ts"

const lent = { DATABASE_URL: Redacted.make("postgres://lent"), PGAPPNAME: "towerstats test" }
const grace = Duration.millis(300)

const processes = NodeChildProcessSpawner.layer.pipe(
  Layer.provide(Layer.merge(NodeFileSystem.layer, NodePath.layer)),
)
const ending = (of: Step, output = collectedOutput()) =>
  runStep(of, lent, output, grace).pipe(Effect.provide(processes))
const shell = (script: string): Step => ({
  ...step("shell", "say", []),
  command: "bash",
  arguments: ["-c", script],
})

const folder = sharedFolder()
const newFile = () => join(folder(), crypto.randomUUID())

describe.concurrent("a step", () => {
  test("a step completes with exit code 0", async () => {
    const ended = await Effect.runPromise(ending(step("one", "say", ["0"])))
    expect(ended).toEqual({ completed: true, reason: null, exitCode: 0 })
  })
  test("a step that fails has its exit code as the reason", async () => {
    const ended = await Effect.runPromise(ending(step("one", "say", ["2"])))
    expect(ended).toEqual({ completed: false, reason: "exit code 2", exitCode: 2 })
  })
  test("a step that is killed has the signal as the reason", async () => {
    const ended = await Effect.runPromise(ending(shell("kill -KILL $$")))
    expect(ended).toEqual({ completed: false, reason: "killed by SIGKILL", exitCode: 1 })
  })
  test("a step that cannot start says why", async () => {
    const missing = { ...step("one", "say", []), command: join(folder(), "missing") }
    const ended = await Effect.runPromise(ending(missing))
    expect(ended).toMatchObject({ completed: false, exitCode: 1 })
    expect(ended.reason).toStartWith("could not start: ")
    expect(ended.reason).toContain(join(folder(), "missing"))
  })
  test("a step works on the database that it was lent", async () => {
    const output = collectedOutput()
    await Effect.runPromise(ending(shell('echo "$DATABASE_URL $PGAPPNAME"'), output))
    expect(output.lines).toEqual(["shell stdout: postgres://lent towerstats test"])
  })
})

describe.concurrent("the output of a step", () => {
  test("a step's output is passed on line by line, an unfinished last line too", async () => {
    const output = collectedOutput()
    await Effect.runPromise(ending(shell("printf 'one\\n\\ntwo\\r\\nthr€e'"), output))
    expect(output.lines).toEqual(["one", "", "two", "thr€e"].map((line) => `shell stdout: ${line}`))
  })
  test("a step's output keeps its channel", async () => {
    const output = collectedOutput()
    await Effect.runPromise(ending(step("one", "say", ["0", "a", "b"]), output))
    expect([...output.lines].sort()).toEqual([
      "one stderr: a!",
      "one stderr: b!",
      "one stdout: a",
      "one stdout: b",
    ])
  })
  test("a step's line is passed on while the step still runs", async () => {
    const output = collectedOutput()
    const file = newFile()
    const script = `echo early; until [ -e ${file} ]; do sleep 0.02; done; echo late`
    const work = Effect.gen(function* () {
      const fiber = yield* Effect.forkChild(ending(shell(script), output))
      while (output.lines.length === 0) yield* Effect.sleep("10 millis")
      yield* Effect.promise(() => writeFile(file, ""))
      yield* Fiber.join(fiber)
    })
    await Effect.runPromise(work)
    expect(output.lines).toEqual(["shell stdout: early", "shell stdout: late"])
  })
  test("a step's output is complete, however long it is", async () => {
    const output = collectedOutput()
    await Effect.runPromise(ending(shell("seq 100000"), output))
    expect(output.lines).toHaveLength(100_000)
    expect(output.lines.at(-1)).toBe("shell stdout: 100000")
  })
  test("a step ends even if a process that left its group keeps its output open", async () => {
    const file = newFile()
    const escaped = `setsid sleep 20 & echo $! > ${file}; sleep 0.2`
    const ended = await Effect.runPromise(ending(shell(escaped)))
    expect(ended.completed).toBe(true)
    const processIds = await stalling(file)
    expect(await running(processIds)).toEqual(processIds)
    for (const processId of processIds) process.kill(processId)
  })
})

describe.concurrent("a step that stalls", () => {
  test("a step that exceeds its time limit is stopped, with every process that it started", async () => {
    const file = newFile()
    const ended = await Effect.runPromise(
      ending(step("one", "stall", [file, "--family"], { seconds: 1 })),
    )
    expect(ended).toEqual({ completed: false, reason: "timed out after 1s", exitCode: 1 })
    expect(await running(await stalling(file))).toEqual([])
  })
  test("a step that ignores SIGTERM is killed after the grace period", async () => {
    const file = newFile()
    const stubborn = step("one", "stall", [file, "--family", "--stubborn"], { seconds: 1 })
    const ended = await Effect.runPromise(ending(stubborn))
    expect(ended.reason).toBe("timed out after 1s")
    expect(await running(await stalling(file))).toEqual([])
  })
  test("a step is stopped when its deploy is interrupted", async () => {
    const file = newFile()
    const work = Effect.gen(function* () {
      const fiber = yield* Effect.forkChild(ending(step("one", "stall", [file])))
      const processIds = yield* Effect.promise(() => stalling(file))
      yield* Fiber.interrupt(fiber)
      return processIds
    })
    expect(await running(await Effect.runPromise(work))).toEqual([])
  })
  test("a process that outlives its step is stopped", async () => {
    const file = newFile()
    const ended = await Effect.runPromise(ending(shell(`sleep 300 & echo $! > ${file}`)))
    expect(ended.completed).toBe(true)
    expect(await running(await stalling(file))).toEqual([])
  })
})
