import { expect, test } from "bun:test"
import { reportChecksum } from "../../lib/battle-reports/checksum.ts"

test("a checksum is the SHA-256 of the text in hexadecimal", () => {
  expect(reportChecksum("abc")).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  )
})

test("line breaks and blanks at the ends do not count", () => {
  const checksum = reportChecksum("Battle Report\nTier\t9")
  expect(reportChecksum("Battle Report\r\nTier\t9\r\n")).toBe(checksum)
  expect(reportChecksum("\n  Battle Report\rTier\t9 ")).toBe(checksum)
  expect(reportChecksum("\x1c\x85Battle Report\nTier\t9\u3000\x1f")).toBe(checksum)
  expect(reportChecksum("\ufeffBattle Report\nTier\t9")).not.toBe(checksum)
  expect(reportChecksum("Battle Report\nTier 9")).not.toBe(checksum)
})
