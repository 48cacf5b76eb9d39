import { describe, expect, test } from "bun:test"
import { headingEnd, readLines } from "../../../../lib/battle-reports/reader/lines/lines.ts"
import { read } from "../report-text.ts"

const heading = "Battle Report"

/** The lines of a report's body as `section / label = value`. */
const linesOf = (body: string): readonly string[] =>
  readLines(`${heading}\n${body}`, heading.length).lines.map(
    ({ section, label, value }) => `${section ?? "-"} / ${label} = ${value ?? "nothing"}`,
  )

describe("the heading", () => {
  test("the heading of a report is at its start, in any case, after any blanks", () => {
    expect(headingEnd("Battle Report", 0)).toBe(13)
    expect(headingEnd("\ufeff \n BATTLE   report: x", 0)).toBe(19)
    expect(headingEnd("x Battle Report", 2)).toBe(15)
  })

  test("the heading of a report may run into the next line's name where line breaks were deleted", () => {
    expect(headingEnd("Battle ReportBattle Date", 0)).toBe(13)
    expect(headingEnd("BATTLE REPORTS", 0)).toBe(-1)
  })

  test("the heading of a report is two whole words", () => {
    for (const text of ["", "Battle", "BattleReport", "Battle Reports", "My Battle Report"]) {
      expect(headingEnd(text, 0)).toBe(-1)
    }
  })
})

describe("a line", () => {
  test.each([
    ["Coins earned\t17.55M", "- / Coins earned = 17.55M"],
    ["Coins earned: 17.55M", "- / Coins earned = 17.55M"],
    ["Coins earned:17.55M", "- / Coins earned = 17.55M"],
    ["Coins earned : 17.55M", "- / Coins earned = 17.55M"],
    ["Coins earned    17.55M", "- / Coins earned = 17.55M"],
    ["Coins earned 17.55M", "- / Coins earned = 17.55M"],
    ["  coins   EARNED \t 17.55M  ", "- / coins EARNED = 17.55M"],
    ["Battle Date\tJan 17, 2026 08:05", "- / Battle Date = Jan 17, 2026 08:05"],
    ["Battle Date: Feb 30, 2026 10:00", "- / Battle Date = Feb 30, 2026 10:00"],
    ["Battle Date 2026-01-17T08:05:00Z", "- / Battle Date = 2026-01-17T08:05:00Z"],
    ["Real Time  1h  2m", "- / Real Time = 1h 2m"],
    ["Real Time 00:12:34", "- / Real Time = 00:12:34"],
    ["Real Time: 12:34", "- / Real Time = 12:34"],
    ["Killed By Poison Swamp", "- / Killed By = Poison Swamp"],
    ["Damage Taken Wall 3.39B", "- / Damage Taken Wall = 3.39B"],
    ["Defense % 5", "- / Defense % = 5"],
    ["Bots Flame Bot, Golden Bot", "- / Bots = Flame Bot, Golden Bot"],
  ])("a line of known labels, %p", (line, expected) => {
    expect(linesOf(line)).toEqual([expected])
  })

  test.each([
    ["Quantum Flux\t12.3K", "- / Quantum Flux = 12.3K"],
    ["Quantum Flux 12.3K", "- / Quantum Flux = 12.3K"],
    ["Quantum Flux    12.3K", "- / Quantum Flux = 12.3K"],
    ["Quantum Flux: very high", "- / Quantum Flux = very high"],
    ["Quantum Flux    very high", "- / Quantum Flux = very high"],
    ["Time in Flux 1h 2m 3s", "- / Time in Flux = 1h 2m 3s"],
    ["Top 10 Waves\t5", "- / Top 10 Waves = 5"],
    ["Wave 10 Kills 5", "- / Wave 10 Kills = 5"],
    ["Amplify Bot Coins Earned 3.00B", "- / Amplify Bot Coins Earned = 3.00B"],
    ["Tier Bonus 5", "- / Tier Bonus = 5"],
    ["Damage Orbs\t5", "- / Damage Orbs = 5"],
    ["Quantum Flux", "- / Quantum Flux = nothing"],
  ])("a line of unknown labels, %p", (line, expected) => {
    expect(linesOf(line)).toEqual([expected])
  })

  test("a line whose value is empty is absent, and the next line stays its own", () => {
    for (const empty of ["Killed By", "Killed By\t", "Killed By:", "Killed By    "]) {
      expect(linesOf(`${empty}\nCoins Earned\t1.30Q`)).toEqual([
        "- / Killed By = nothing",
        "- / Coins Earned = 1.30Q",
      ])
    }
  })

  test("a line of an unknown label is cut before the number at its end, however wide its other gaps", () => {
    expect(linesOf("Quantum    Flux    5")).toEqual(["- / Quantum Flux = 5"])
  })

  test("a line may hold several fields where some line breaks are lost", () => {
    expect(linesOf("Tier\t11 Wave\t121 Killed By\tFast\nCoins earned\t5")).toEqual([
      "- / Tier = 11",
      "- / Wave = 121",
      "- / Killed By = Fast",
      "- / Coins earned = 5",
    ])
  })

  test("a line of a player's own words is one unknown field, whatever labels are in it", () => {
    expect(linesOf("Farmed tier 11 until wave 4500 today\nTier\t9")).toEqual([
      "- / Farmed tier = 11 until wave 4500 today",
      "- / Tier = 9",
    ])
  })

  test("a line of a number without a label is no section, and is not understood", () => {
    const { notUnderstood, metrics } = read(
      "Battle Report\nTier\t9\nUtility\n22:28\nWaves Skipped\t5",
    )
    expect(notUnderstood.labels).toEqual([["", "22:28"]])
    expect(read("Battle Report\nTier 9\n9 135\n").notUnderstood.labels).toEqual([["", "9 135"]])
    expect([...metrics.keys()]).toEqual(["waves_skipped"])
  })

  test("a line is not understood where words with a number are under an unknown label", () => {
    expect(read("Battle Report\nTier\t9\nBob: best of 5 runs").notUnderstood.labels).toEqual([
      ["Bob", "best of 5 runs"],
    ])
  })

  test.each([
    ["9 135", "Wave 9 135"],
    ["43.91 T", "Coins earned 43.91 T"],
    ["121550 [75.6%", "Lifesteal 121550 [75.6%"],
    ["1h 2m 3s; 4", "Real Time 1h 2m 3s; 4"],
  ])("a report on one line has the value %p whole, though it cannot be read", (value, field) => {
    for (const text of [`Battle Report\nTier 9\n${field}`, `Battle Report Tier 9 ${field} Boss 2`])
      expect(read(text).notUnderstood).toMatchObject({
        labels: [],
        values: [[expect.any(String), value]],
      })
  })

  test("a line of nothing but separators is no line", () => {
    expect(linesOf(":\n::\n\t\n:  :")).toEqual([])
  })
})

describe("a section", () => {
  test("a section holds the lines up to the next one", () => {
    expect(linesOf("Combat\nLifesteal\t1\nUtility:\nWaves Skipped\t2")).toEqual([
      "Combat / Lifesteal = 1",
      "Utility / Waves Skipped = 2",
    ])
  })

  test("a section may share its name with a label in it", () => {
    expect(linesOf("Total Enemies\nTotal Enemies\t5\nBasic\t4\nTotal Enemies\nFast\t1")).toEqual([
      "Total Enemies / Total Enemies = 5",
      "Total Enemies / Basic = 4",
      "Total Enemies / Total Enemies = nothing",
      "Total Enemies / Fast = 1",
    ])
  })

  test("a section is not opened by a label of the current section that is left empty", () => {
    expect(linesOf("Guardian\nDamage\nGems\t3")).toEqual([
      "Guardian / Damage = nothing",
      "Guardian / Gems = 3",
    ])
  })

  test("a section may be unknown", () => {
    expect(linesOf("Tier\t9\nRift Echoes\nEchoes\t5\nCombat\nLifesteal\t1")).toEqual([
      "- / Tier = 9",
      "Rift Echoes / Echoes = 5",
      "Combat / Lifesteal = 1",
    ])
  })

  test("a section without lines is kept as a label if it is unknown", () => {
    expect(linesOf("Rift Echoes\nCombat\nLifesteal\t1\nThe end")).toEqual([
      "- / Rift Echoes = nothing",
      "Combat / Lifesteal = 1",
      "Combat / The end = nothing",
    ])
  })

  test("a section ends where a second report starts", () => {
    expect(linesOf("Combat\nLifesteal\t1\nBattle Report\nTier\t9")).toEqual([
      "Combat / Lifesteal = 1",
      "- / Tier = 9",
    ])
  })
})

describe("a report on one line", () => {
  test("a report on one line is cut at its known labels and sections", () => {
    expect(
      linesOf(
        "Battle Date Jan 17, 2026 08:05 Game Time 2d 0h 25m 20s Tier 11 Wave 76 Killed By Fast " +
          "Coins earned 5 Combat Damage Dealt 5.87N Damage Taken 4 Damage Taken Wall 3 " +
          "Tagged by Death Wave 2 Bots Flame Bot Damage 1 Guardian Damage 0",
      ),
    ).toEqual([
      "- / Battle Date = Jan 17, 2026 08:05",
      "- / Game Time = 2d 0h 25m 20s",
      "- / Tier = 11",
      "- / Wave = 76",
      "- / Killed By = Fast",
      "- / Coins earned = 5",
      "Combat / Damage Dealt = 5.87N",
      "Combat / Damage Taken = 4",
      "Combat / Damage Taken Wall = 3",
      "Combat / Tagged by Death Wave = 2",
      "Bots / Flame Bot Damage = 1",
      "Guardian / Damage = 0",
    ])
  })

  test("a report on one line may leave a value empty", () => {
    expect(linesOf("Wave 76 Killed By Coins Earned 5 Tier Real Time 1h")).toEqual([
      "- / Wave = 76",
      "- / Killed By = nothing",
      "- / Coins Earned = 5",
      "- / Tier = nothing",
      "- / Real Time = 1h",
    ])
  })

  test("a report on one line tells sections from labels that start with the same words", () => {
    expect(
      linesOf(
        "Wave 1 Tier 2 Damage Damage Dealt 5 Damage Taken Tower 4 Wall 3 Counts Nuke 0 " +
          "Enemies Hit By Orbs 7 Thorns 6 Total Enemies Total Enemies 9 Basic 8 " +
          "Coins Coins Earned 2 Coins / Wave 1",
      ),
    ).toEqual([
      "- / Wave = 1",
      "- / Tier = 2",
      "Damage / Damage Dealt = 5",
      "Damage Taken / Tower = 4",
      "Damage Taken / Wall = 3",
      "Counts / Nuke = 0",
      "Enemies Hit By / Orbs = 7",
      "Enemies Hit By / Thorns = 6",
      "Total Enemies / Total Enemies = 9",
      "Total Enemies / Basic = 8",
      "Coins / Coins Earned = 2",
      "Coins / Coins / Wave = 1",
    ])
  })

  test("a report on one line keeps unknown labels with their numbers", () => {
    expect(
      linesOf(
        "Tier 9 Wave 4 Quantum Flux 12.3K Killed By Boss Echoes Heard 3 Golden Tower Stuns 5 " +
          "Time in Flux 1h 2m Utility Waves Skipped 2 Fluxes Seen 8",
      ),
    ).toEqual([
      "- / Tier = 9",
      "- / Wave = 4",
      "- / Quantum Flux = 12.3K",
      "- / Killed By = Boss",
      "- / Echoes Heard = 3",
      "- / Golden Tower Stuns = 5",
      "- / Time in Flux = 1h 2m",
      "Utility / Waves Skipped = 2",
      "Utility / Fluxes Seen = 8",
    ])
  })

  test("a report on one line opens a section by an unknown label too", () => {
    expect(linesOf("Tier 9 Wave 4 Combat Quantum Flux 5 Lifesteal 1")).toEqual([
      "- / Tier = 9",
      "- / Wave = 4",
      "Combat / Quantum Flux = 5",
      "Combat / Lifesteal = 1",
    ])
  })

  test("a report on one line takes no label from inside an unknown one, and opens no section by its first word", () => {
    expect(
      linesOf(
        "Highest Wave 9 Tier 5 Wave 4 Combat Damage Per Second 8 Damage Dealt 7 " +
          "Damage Taken 6 Damage Blocked Wall 3 Lifesteal 2",
      ),
    ).toEqual([
      "- / Highest Wave = 9",
      "- / Tier = 5",
      "- / Wave = 4",
      "Combat / Damage Per Second = 8",
      "Combat / Damage Dealt = 7",
      "Combat / Damage Taken = 6",
      "Combat / Damage Blocked Wall = 3",
      "Combat / Lifesteal = 2",
    ])
  })

  test("a report on one line keeps unknown text with its label where separators are left", () => {
    expect(linesOf("Tier    9 Preset    Farming Wave    4 Tier    abc Coins earned    5")).toEqual([
      "- / Tier = 9",
      "- / Preset = Farming",
      "- / Wave = 4",
      "- / Tier = abc",
      "- / Coins earned = 5",
    ])
  })

  test("a report on one line keeps the names of a list from the labels that begin like them", () => {
    expect(linesOf("Tier 9 Bots Flame Bot, Golden Bot Coins earned 5K Wave 7")).toEqual([
      "- / Tier = 9",
      "- / Bots = Flame Bot, Golden Bot",
      "- / Coins earned = 5K",
      "- / Wave = 7",
    ])
  })

  test("a report on one line keeps lists of names, which are labels too", () => {
    expect(
      linesOf(
        "Tier 9 Bots Flame Bot, Golden Bot Combat Ultimate Weapons Death Wave, Chain Lightning " +
          "Ultimate Weapons Golden Tower Combat Lifesteal 1",
      ),
    ).toEqual([
      "- / Tier = 9",
      "- / Bots = Flame Bot, Golden Bot",
      "- / Combat Ultimate Weapons = Death Wave, Chain Lightning",
      "- / Ultimate Weapons = Golden Tower",
      "Combat / Lifesteal = 1",
    ])
  })
})
