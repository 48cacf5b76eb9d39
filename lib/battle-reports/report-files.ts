import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import * as Schema from "effect/Schema"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"

/** A file's name for messages, and its whole text. */
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

/** The offset of the first byte that does not belong to a UTF-8 character. */
export const invalidOffset = (bytes: Uint8Array): number => {
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
  if (nul >= 0) return refuse(`a NUL byte stands at offset ${nul}, so it is no text file`)
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

const readStandardInput = Effect.fnUntraced(function* () {
  const { stdin } = yield* Stdio.Stdio
  const chunks = yield* Stream.runCollect(stdin).pipe(
    Effect.mapError(
      () => new UnreadableFile({ file: "standard input", problem: "it cannot be read" }),
    ),
  )
  return new Uint8Array(Buffer.concat(chunks))
})

/**
 * The files behind the paths, in order: a folder stands for the `.txt` files directly in it, by
 * name, and `-` for standard input. Fails when there is nothing to read.
 */
export const listReportFiles = Effect.fnUntraced(function* (paths: ReadonlyArray<string>) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  const listed = yield* Effect.forEach(paths, (given) =>
    Effect.gen(function* () {
      if (given === standardInput) return [given]
      const { type } = yield* files.stat(given)
      if (type !== "Directory") return [given]
      const names = (yield* files.readDirectory(given)).filter((name) => name.endsWith(".txt"))
      if (names.length === 0)
        return yield* new UnreadableFile({ file: given, problem: "the folder has no .txt files" })
      return names.sort().map((name) => path.join(given, name))
    }).pipe(
      Effect.catchTag("PlatformError", (error) =>
        Effect.fail(new UnreadableFile({ file: given, problem: describe(error.reason._tag) })),
      ),
    ),
  )
  return listed.flat()
})

const describe = (reason: string): string =>
  reason === "NotFound" ? "there is no such file or folder" : `it cannot be read (${reason})`

/** Reads a file, or standard input, as text. NUL bytes and invalid UTF-8 are refused by offset. */
export const readReportFile = Effect.fnUntraced(function* (file: string) {
  const files = yield* FileSystem.FileSystem
  const name = file === standardInput ? "standard input" : file
  const bytes =
    file === standardInput
      ? yield* readStandardInput()
      : yield* files
          .readFile(file)
          .pipe(
            Effect.catchTag("PlatformError", (error) =>
              Effect.fail(new UnreadableFile({ file, problem: describe(error.reason._tag) })),
            ),
          )
  return { name, text: yield* decodeText(name, bytes) } satisfies ReportFile
})
