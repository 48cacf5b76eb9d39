import { expect, test } from "bun:test"
import { headersOf } from "../../lib/adoption/mapping/wiki-headers.ts"

const chip = {
  Bits: "1",
  Level: "1",
  Bits__2: "2",
  Bits__3: "3",
  Cooldown: "120",
  Guardian: "Ally",
  "Max Recovey": "1.1x",
  "Cooldown (s)": "120",
  "Max Recovery": "1.1x",
  "Recovery Amount": "1%",
  _wiki_entity_id: "ally",
}
const inOrder = ["Recovery Amount", "Bits", "Cooldown (s)", "Bits__2", "Max Recovey", "Bits__3"]

test("headers whose order JSON has lost come as the registry has them, each with its cost", () => {
  expect(headersOf("guardian_chip", JSON.stringify(chip), chip, false)).toEqual(inOrder)
})

test("headers come as a row was written, up to what the site has added", () => {
  const written = { "Recovery Amount": "1%", Bits: "1", _wiki_entity_id: "ally", Level: "1" }
  expect(headersOf("guardian_chip", JSON.stringify(written), written, true)).toEqual([
    "Recovery Amount",
    "Bits",
  ])
})
