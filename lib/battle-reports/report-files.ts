import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import type { PlatformError } from "effect/PlatformError"
import * as Schema from "effect/Schema"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import { note } from "../terminal/notice.ts"

/** Where reports come from: a name for messages, and how to get at the bytes. */
export interface ReportSource {
  readonly name: string
  readonly bytes: Effect.Effect<Uint8Array, UnreadableFile>
}

/** A source's name and its whole text. */
export interface ReportFile {
  readonly name: string
  readonly text: string
}

/** A file cannot be imported as it is. */
export class UnreadableFile extends Schema.TaggedError<UnreadableFile>()("UnreadableFile", {
  file: Schema.String,
  problem: Schema.String,
}) {
  override get message(): string {
    return `${this.file}: ${this.problem}.`
  }
}

/** Stands for standard input among the paths. */
export const standardInput = "-"

const decodes = (bytes: Uint8Array, isWhole: boolean): boolean => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: !isWhole })
    return true
  } catch {
    return false
  }
}

// The offset of the first byte that does not belong to a UTF-8 character.
const invalidOffset = (bytes: Uint8Array): number => {
  let valid = 0
  let invalid = bytes.length + 1
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2)
    if (decodes(bytes.subarray(0, middle), false)) valid = middle
    else invalid = middle
  }
  // The prefix may end inside a character that its next byte does not continue.
  while (!decodes(bytes.subarray(0, valid), true)) valid -= 1
  return valid
}

const decodeText = (file: string, bytes: Uint8Array) => {
  const refuse = (problem: string) => Effect.fail(new UnreadableFile({ file, problem }))
  const nul = bytes.indexOf(0)
  if (nul >= 0)
    return refuse(`a NUL byte stands at offset ${nul}, so the text is not UTF-8; save it as UTF-8`)
  return Effect.try({
    // The byte order mark stays: the text is stored exactly as received.
    try: () => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
    catch: () =>
      new UnreadableFile({
        file,
        problem: `the text is not UTF-8 from byte ${invalidOffset(bytes)} on; save it as UTF-8`,
      }),
  })
}

const inputName = "standard input"

// Read at once: it can be read only once, while a transaction may have to be tried again, and
// nobody should wait for a lock that is held while somebody types.
const readStandardInput = Effect.gen(function* () {
  const { stdin } = yield* Stdio.Stdio
  if (process.stdin.isTTY) yield* note("Paste battle reports here, then end with Ctrl-D …")
  const chunks = yield* Stream.runCollect(stdin).pipe(
    Effect.mapError(() => new UnreadableFile({ file: inputName, problem: "it cannot be read" })),
  )
  const bytes = new Uint8Array(Buffer.concat(chunks))
  return { name: inputName, bytes: Effect.succeed(bytes) } satisfies ReportSource
})

const descriptions: Readonly<Record<string, string>> = {
  NotFound: "there is no such file or folder",
  BadResource: "it is not a file",
}

const describe = (reason: string): string => descriptions[reason] ?? `it cannot be read (${reason})`

const orUnreadable =
  (file: string) =>
  <A, R>(access: Effect.Effect<A, PlatformError, R>) =>
    Effect.mapError(
      access,
      ({ reason }) => new UnreadableFile({ file, problem: describe(reason._tag) }),
    )

const filesAt = Effect.fnUntraced(function* (given: string) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const { type } = yield* orUnreadable(given)(files.stat(given))
  if (type !== "Directory") return [given]
  const names = yield* orUnreadable(given)(files.readDirectory(given))
  const texts = names.filter((name) => name.toLowerCase().endsWith(".txt"))
  if (texts.length === 0)
    return yield* new UnreadableFile({ file: given, problem: "the folder has no .txt files" })
  return texts.sort().map((name) => path.join(given, name))
})

/**
 * The sources behind the paths, in order: a folder stands for the `.txt` files directly in it, by
 * name, and `-` for standard input, which is read here. Fails when there is nothing to read.
 */
export const listReportFiles = Effect.fnUntraced(function* (paths: readonly string[]) {
  const files = yield* FileSystem.FileSystem
  const sourceAt = (file: string): ReportSource => ({
    name: file,
    bytes: orUnreadable(file)(files.readFile(file)),
  })
  const listed = yield* Effect.forEach(
    paths,
    Effect.fnUntraced(function* (given) {
      if (given === standardInput) return [yield* readStandardInput]
      return (yield* filesAt(given)).map(sourceAt)
    }),
  )
  return listed.flat()
})

/** Reads a source as text. NUL bytes and invalid UTF-8 are refused by offset. */
export const readReportFile = Effect.fnUntraced(function* ({ name, bytes }: ReportSource) {
  return { name, text: yield* decodeText(name, yield* bytes) } satisfies ReportFile
})
