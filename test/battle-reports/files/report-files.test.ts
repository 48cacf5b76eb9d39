import { afterAll, beforeAll, describe, expect, spyOn, test } from "bun:test"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import {
  listReportFiles,
  type ReportSource,
} from "../../../lib/battle-reports/files/report-files.ts"
import { textOf } from "../../../lib/battle-reports/files/report-text.ts"
import { platform } from "../../../lib/command/run-command.ts"

let folder = ""
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "reports-"))
  await writeFile(join(folder, "b.txt"), "second")
  await writeFile(join(folder, "a.TXT"), "first")
  await writeFile(join(folder, "notes.md"), "no report")
  await writeFile(join(folder, ".index"), "hidden")
  await writeFile(join(folder, "wide.log"), Buffer.from("\ufeffwide", "utf16le"))
  await writeFile(join(folder, "nul.log"), "ab\0c")
  await writeFile(join(folder, "latin.log"), Buffer.from("caf\u00e9 \u00e9", "latin1"))
  await mkdir(join(folder, "empty"))
  await mkdir(join(folder, "odd", "c.txt"), { recursive: true })
})
afterAll(() => rm(folder, { recursive: true }))

const read = (source: ReportSource) =>
  Effect.map(Stream.runCollect(textOf(source)), (parts) => ({
    name: source.name,
    text: parts.join(""),
  }))

const texts = (paths: readonly string[], input: Stream.Stream<Uint8Array> = Stream.empty) =>
  Effect.flatMap(listReportFiles(paths), Effect.forEach(read)).pipe(
    Effect.scoped,
    Effect.provide(Layer.merge(platform, Stdio.layerTest({ stdin: input }))),
  )

const refusal = (paths: readonly string[]) =>
  Effect.runPromise(Effect.map(Effect.flip(texts(paths)), ({ message }) => message))

describe("the sources of an import", () => {
  test("the sources of an import are the text files of a folder, by name, whatever the case of their ending, and the others are named", async () => {
    const said = spyOn(process.stderr, "write").mockImplementation(() => true)
    try {
      expect(await Effect.runPromise(texts([folder]))).toEqual([
        { name: join(folder, "a.TXT"), text: "first" },
        { name: join(folder, "b.txt"), text: "second" },
      ])
      expect(said.mock.calls.join("")).toContain(
        `${folder}: only the .txt files of a folder are read. Left out: empty, latin.log, notes.md, nul.log, odd and 1 more. To import any of these, name them on the command line.\n`,
      )
    } finally {
      said.mockRestore()
    }
  })

  test("the sources of an import are read from standard input once, however often the import is tried", async () => {
    let reads = 0
    const input = Stream.sync(() => {
      reads += 1
      return new TextEncoder().encode(reads === 1 ? "piped" : "")
    })
    const readTwice = Effect.flatMap(listReportFiles(["-"]), ([source]) =>
      Effect.forEach(source === undefined ? [] : [source, source], read),
    )
    const piped = await Effect.runPromise(
      readTwice.pipe(
        Effect.scoped,
        Effect.provide(Layer.merge(platform, Stdio.layerTest({ stdin: input }))),
      ),
    )
    const expected = { name: "standard input", text: "piped" }
    expect(piped).toEqual([expected, expected])
  })

  test("the sources of an import are named where they cannot be read, with what to do", async () => {
    expect(await refusal([join(folder, "odd")])).toContain("c.txt: it is not a file")
    expect(await refusal([join(folder, "none")])).toContain("none: there is no such file or folder")
    expect(await refusal([join(folder, "empty")])).toContain("the folder has no .txt files")
    expect(await refusal([join(folder, "nul.log")])).toContain("a NUL byte at offset 2")
    expect(await refusal([join(folder, "latin.log")])).toContain("not UTF-8 from byte 3 on")
  })

  test("the sources of an import may be in UTF-16 if they begin with its mark", async () => {
    expect(await Effect.runPromise(texts([join(folder, "wide.log")]))).toEqual([
      { name: join(folder, "wide.log"), text: "wide" },
    ])
    const halves = [
      { half: [0xff, 0x41], at: 0 },
      { half: [0x41, 0xfe], at: 1 },
    ]
    for (const { half, at } of halves) {
      const bytes = Stream.make(Uint8Array.from(half))
      const refused = await Effect.runPromise(Effect.flip(read({ name: "half", bytes })))
      expect(refused.message).toContain(`not UTF-8 from byte ${at} on`)
    }
  })

  test("the sources of an import are decoded alike wherever their bytes are cut into parts", async () => {
    const whole = new TextEncoder().encode("Battle Report 戦闘 — é 😀\n")
    for (let cut = 0; cut <= whole.length; cut++) {
      const bytes = Stream.make(whole.subarray(0, cut), whole.subarray(cut))
      const { text } = await Effect.runPromise(read({ name: "cut", bytes }))
      expect(text).toBe("Battle Report 戦闘 — é 😀\n")
    }
  })
})
