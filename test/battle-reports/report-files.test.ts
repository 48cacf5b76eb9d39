import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import { listReportFiles, readReportFile } from "../../lib/battle-reports/report-files.ts"
import { platform } from "../../lib/command/run-command.ts"

let folder = ""
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "reports-"))
  await writeFile(join(folder, "b.txt"), "second")
  await writeFile(join(folder, "a.TXT"), "first")
  await writeFile(join(folder, "notes.md"), "no report")
  await writeFile(join(folder, "wide.log"), Buffer.from("\ufeffwide", "utf16le"))
  await mkdir(join(folder, "empty"))
  await mkdir(join(folder, "odd", "c.txt"), { recursive: true })
})
afterAll(() => rm(folder, { recursive: true }))

const texts = (paths: readonly string[], input: Stream.Stream<Uint8Array> = Stream.empty) =>
  Effect.flatMap(listReportFiles(paths), Effect.forEach(readReportFile)).pipe(
    Effect.provide(Layer.merge(platform, Stdio.layerTest({ stdin: input }))),
  )

const refusal = (paths: readonly string[]) =>
  Effect.runPromise(Effect.map(Effect.flip(texts(paths)), ({ message }) => message))

describe("the sources of an import", () => {
  test("are the text files of a folder, by name, whatever the case of their ending", async () => {
    expect(await Effect.runPromise(texts([folder]))).toEqual([
      { name: join(folder, "a.TXT"), text: "first" },
      { name: join(folder, "b.txt"), text: "second" },
    ])
  })

  test("are read from standard input once, however often the import is tried", async () => {
    let reads = 0
    const input = Stream.sync(() => {
      reads += 1
      return new TextEncoder().encode(reads === 1 ? "piped" : "")
    })
    const [source] = await Effect.runPromise(
      listReportFiles(["-"]).pipe(
        Effect.provide(Layer.merge(platform, Stdio.layerTest({ stdin: input }))),
      ),
    )
    const read = source === undefined ? Effect.undefined : readReportFile(source)
    expect(await Effect.runPromise(read)).toEqual({ name: "standard input", text: "piped" })
    expect(await Effect.runPromise(read)).toEqual({ name: "standard input", text: "piped" })
  })

  test("are named where they cannot be read, with what to do", async () => {
    expect(await refusal([join(folder, "odd")])).toContain("c.txt: it is not a file")
    expect(await refusal([join(folder, "none")])).toContain("none: there is no such file or folder")
    expect(await refusal([join(folder, "empty")])).toContain("the folder has no .txt files")
    expect(await refusal([join(folder, "wide.log")])).toContain("save it as UTF-8")
  })
})
