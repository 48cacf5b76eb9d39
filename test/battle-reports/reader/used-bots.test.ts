import { expect, test } from "bun:test"
import { usedBots } from "../../../lib/battle-reports/reader/used-bots.ts"
import { fixture, read } from "./report-text.ts"

test("bots are those listed by name and those whose metrics are above zero", () => {
  const report = read(
    "Battle Report\nTier\t9\nBots Used\tgolden bot, Mystery Bot\nBots\nFlame Bot Damage\t1.00K\n" +
      "Thunder Bot Stuns\t0\nGolden Bot Coins Earned\t5",
  )
  expect(usedBots(report)).toEqual(["golden bot", "Mystery Bot", "Flame Bot"])
})

test("the sectioned layout shows bots by their kills and hits as well", () => {
  const report = read(
    "Battle Report\nKilled With Effect Active\nAmplify Bot\t12\nGolden Bot\t3\n" +
      "Enemies Hit By\nFlame Bot\t4\nThunder Bot\t5",
  )
  expect([...usedBots(report)].sort()).toEqual([
    "Amplify Bot",
    "Flame Bot",
    "Golden Bot",
    "Thunder Bot",
  ])
})

test("damage that a bot blocked, or kills at zero, show no bot", () => {
  const report = read(
    "Battle Report\nDamage\nFlame Bot\t0\nDamage Blocked\nFlame Bot\t7.00T\n" +
      "Killed With Effect Active\nAmplify Bot\t0",
  )
  expect(usedBots(report)).toEqual([])
})

test("both fixtures used bots", async () => {
  expect(usedBots(read(await fixture("classic")))).toContain("Flame Bot")
  expect(usedBots(read(await fixture("sectioned")))).toContain("Amplify Bot")
})
