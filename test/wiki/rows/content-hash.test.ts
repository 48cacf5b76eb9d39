import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import {
  canonicalJson,
  compareCodePoints,
  contentHash,
} from "../../../lib/wiki/rows/content-hash.ts"

describe("canonical JSON", () => {
  test("canonical JSON sorts keys by code point, where UTF-16 would put astral characters first", () => {
    const row = { "\u{1F600}": "astral", "\uFF21": "wide", z: "ascii" }
    expect(canonicalJson(row)).toBe('{"z":"ascii","\uFF21":"wide","\u{1F600}":"astral"}')
  })

  test("canonical JSON escapes quotes, backslashes and control characters, and nothing else", () => {
    const row = {
      'quote"': "back\\slash",
      control: "\b\t\n\f\r\0\u001f\u007f",
      plain: "a/b é \u2028",
    }
    expect(canonicalJson(row)).toBe(
      '{"control":"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f","plain":"a/b é \u2028","quote\\"":"back\\\\slash"}',
    )
  })

  test("canonical JSON keeps keys that are special to JavaScript", () => {
    const row = Object.fromEntries([
      ["__proto__", "a"],
      ["10", "b"],
      ["9", "c"],
    ])
    expect(canonicalJson(row)).toBe('{"10":"b","9":"c","__proto__":"a"}')
  })

  test("canonical JSON says what the row says", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (row) => {
        expect(JSON.parse(canonicalJson(row))).toEqual({ ...row })
      }),
    )
  })
})

test("strings are ordered as their UTF-8 bytes are", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
      expect(Math.sign(compareCodePoints(a, b))).toBe(
        Buffer.compare(Buffer.from(a), Buffer.from(b)),
      )
    }),
  )
})

describe("the content hash", () => {
  // Computed outside of this code base.
  test.each([
    [{}, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"],
    [
      { Name: "Coin Bonus", Effect: "+5%" },
      "136ee2852f6cc84edbe5a2c96705a79a9cd62be44f37458a42b8eb86b87249de",
    ],
    [
      { "\u{1F600}": "astral", "\uFF21": "wide", z: "ascii" },
      "1076915040dae01d72707dde326c17e5ad336ddaca18cea76f3f63d355408c70",
    ],
    [
      { 'quote"': "back\\slash", control: "\b\t\n\f\r\0\u001f\u007f", slash: "a/b é \u2028" },
      "8638c16a22729fbbf22cb86d4af7beb304023775483a780ebf97a7e345671810",
    ],
  ])("the content hash of %j is known", (row, hash) => {
    expect(contentHash(row)).toBe(hash)
  })

  test("the content hash does not depend on the order of columns", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (row) => {
        expect(contentHash(Object.fromEntries(Object.entries(row).toReversed()))).toBe(
          contentHash(row),
        )
      }),
    )
  })
})
