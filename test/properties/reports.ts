import * as fc from "fast-check"

interface Run {
  readonly day: number
  readonly tier: string
  readonly wave: number
  readonly coins: string
  readonly bots: string
  readonly goldenBotCoins: string
  readonly weapons: string
}

// Few of each, so that readings differ and agree.
const run: fc.Arbitrary<Run> = fc.record({
  day: fc.integer({ min: 1, max: 3 }),
  tier: fc.constantFrom("1", "14+"),
  wave: fc.integer({ min: 1, max: 3 }),
  // The last is on no scale that the reader knows.
  coins: fc.constantFrom("0", "$1.50M", "44.09ab", "7.00Z"),
  bots: fc.constantFrom("", "Flame Bot, Some Bot"),
  goldenBotCoins: fc.constantFrom("0", "12.00K"),
  weapons: fc.constantFrom("", "Black Hole, Death Wave"),
})

const written = (run: Run): string =>
  [
    "Battle Report",
    `Battle Date\tFeb 0${run.day}, 2026 12:00`,
    `Tier\t${run.tier}`,
    `Wave\t${run.wave}`,
    `Coins earned\t${run.coins}`,
    `Golden Bot Coins Earned\t${run.goldenBotCoins}`,
    `Bots Used\t${run.bots}`,
    `Combat Ultimate Weapons\t${run.weapons}`,
    "",
  ].join("\n")

/** A report that players already have before the others are pasted, see `pastedBefore`. */
const oldRun = (day: number): Run => ({
  day,
  tier: "3",
  wave: 1,
  coins: "0",
  bots: "Golden Bot",
  goldenBotCoins: "0",
  weapons: "",
})

const oldRuns = [oldRun(1), oldRun(2)]

/** What each player has pasted in a database in use. */
export const pastedBefore = oldRuns.map(written).join("")

// Any of them may come twice, and may have been there before.
const pastedRuns = fc
  .array(run, { minLength: 1, maxLength: 2 })
  .chain((runs) =>
    fc.array(fc.constantFrom(...runs, ...oldRuns), { minLength: 2, maxLength: 4, size: "max" }),
  )

/** What a player pastes: a few battle reports, or something else. */
export const pastedText: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: pastedRuns.map((runs) => runs.map(written).join("")) },
  { weight: 1, arbitrary: fc.constant("A letter to the editor") },
)
