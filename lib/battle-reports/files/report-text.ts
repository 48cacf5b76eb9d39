import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type ReportSource, UnreadableFile } from "./report-files.ts"

/** The text of UTF-8 bytes, or null if they are none; a character may be unfinished at their end. */
const decoded = (bytes: Uint8Array): string | null => {
  try {
    // The byte order mark stays: the text is stored exactly as received.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, {
      stream: true,
    })
  } catch {
    return null
  }
}

/** The offset of the first byte that does not belong to a UTF-8 character. */
const invalidOffset = (bytes: Uint8Array): number => {
  let valid = 0
  let invalid = bytes.length + 1
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2)
    if (decoded(bytes.subarray(0, middle)) !== null) valid = middle
    else invalid = middle
  }
  // The prefix may end inside a character that its next byte does not continue.
  return valid - unfinished(bytes.subarray(0, valid))
}

/** How many bytes at the end belong to a UTF-8 character that goes on after them. */
const unfinished = (bytes: Uint8Array): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte < 0xc0) continue
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    return length > back ? back : 0
  }
  return 0
}

/** The encodings that a file names by a mark at its beginning. */
const marked = [
  { first: 0xff, second: 0xfe, encoding: "utf-16le" },
  { first: 0xfe, second: 0xff, encoding: "utf-16be" },
] as const

/** Decodes a file part by part; its parts may be cut anywhere. */
class FileDecoder {
  readonly #file: string
  #offset = 0
  #rest: Uint8Array = new Uint8Array()
  #utf16: TextDecoder | null = null

  constructor(file: string) {
    this.#file = file
  }

  decode(chunk: Uint8Array): Effect.Effect<string, UnreadableFile> {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    this.#rest = new Uint8Array()
    if (this.#offset === 0 && this.#utf16 === null) {
      const mark = marked.find(({ first, second }) => bytes[0] === first && bytes[1] === second)
      if (mark !== undefined) this.#utf16 = new TextDecoder(mark.encoding, { fatal: true })
    }
    return this.#utf16 === null ? this.#decodeUtf8(bytes) : this.#decodeUtf16(this.#utf16, bytes)
  }

  /** To be called after the last part: fails if a character is left unfinished. */
  finish(): Effect.Effect<string, UnreadableFile> {
    if (this.#utf16 !== null) return this.#decodeUtf16(this.#utf16, new Uint8Array(), false)
    return this.#rest.length > 0 ? this.#notUtf8(0) : Effect.succeed("")
  }

  #decodeUtf8(bytes: Uint8Array): Effect.Effect<string, UnreadableFile> {
    const nul = bytes.indexOf(0)
    if (nul >= 0)
      return this.#refuse(
        `there is a NUL byte at offset ${this.#offset + nul}, so the text is not UTF-8; save it as UTF-8`,
      )
    const whole = bytes.length - unfinished(bytes)
    const complete = bytes.subarray(0, whole)
    const text = decoded(complete)
    if (text === null) return this.#notUtf8(invalidOffset(complete))
    this.#rest = bytes.subarray(whole)
    this.#offset += whole
    return Effect.succeed(text)
  }

  #decodeUtf16(decoder: TextDecoder, bytes: Uint8Array, stream = true) {
    return Effect.try({
      try: () => decoder.decode(bytes, { stream }),
      catch: () =>
        new UnreadableFile({
          file: this.#file,
          problem: "it begins as UTF-16 but is not; save it as UTF-8",
        }),
    })
  }

  #notUtf8(at: number) {
    return this.#refuse(`the text is not UTF-8 from byte ${this.#offset + at} on; save it as UTF-8`)
  }

  #refuse(problem: string) {
    return Effect.fail(new UnreadableFile({ file: this.#file, problem }))
  }
}

/**
 * The text of a source, part by part: UTF-8, or UTF-16 if its byte order mark says so. NUL bytes and
 * invalid UTF-8 are refused by offset.
 */
export const textOf = ({ name, bytes }: ReportSource): Stream.Stream<string, UnreadableFile> =>
  Stream.suspend(() => {
    const decoder = new FileDecoder(name)
    return bytes.pipe(
      Stream.mapEffect((chunk) => decoder.decode(chunk)),
      Stream.concat(Stream.fromEffect(Effect.suspend(() => decoder.finish()))),
    )
  })
