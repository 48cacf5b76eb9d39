import { describe, expect, test } from "bun:test"
import * as fc from "fast-check"
import type { StoredDefinition } from "../../lib/definitions/definition.ts"
import { describeDrift } from "../../lib/definitions/drift.ts"
import { planRebuild } from "../../lib/definitions/plan.ts"
import { rebuildTargetNames } from "../../lib/definitions/targets.ts"
import type { LatestRow } from "../../lib/wiki/revisions/latest-rows.ts"
import { storedBy } from "./stored-by.ts"
import { allyChip, cardRow, cards, goldenBot, smartMissiles, upgradeRows } from "./wiki-rows.ts"

const planAll = (rows: readonly LatestRow[], stored: readonly StoredDefinition[] = []) =>
  planRebuild(rebuildTargetNames, rows, stored)

const allRows = () => [...cards(), ...goldenBot(), ...allyChip(), ...smartMissiles()]

const storedOf = (rows: readonly LatestRow[]) => storedBy(planAll(rows))

const edit = (rows: readonly LatestRow[], id: number, cells: Readonly<Record<string, string>>) =>
  rows.map((row) => (row.id === id ? { ...row, rawRow: { ...row.rawRow, ...cells } } : row))

describe("a card list that loses a column", () => {
  const list = (columns: Readonly<Record<string, string>>) => [
    cardRow({ Name: "Coin Bonus", ...columns }, "", 1),
    cardRow({ Name: "Long Reach", ...columns }, "", 2),
  ]
  const whole = { Description: "Coins.", Rarity: "Rare", Effect: "+5%", Unlock: "Tier 1" }
  const stored = storedBy(planRebuild(["cards"], list(whole), []))

  test.each(["Description", "Rarity", "Effect", "Unlock"])(
    "a card list that loses %s is drift, and the stored cards stay",
    (column) => {
      const plan = planRebuild(["cards"], list({ ...whole, [column]: "" }), stored)
      expect(plan.drift.map(describeDrift)).toEqual([
        `card, https://wiki.test/wiki/Cards: no row says anything for "${column}", which 2 stored definitions have (coin_bonus, long_reach)`,
      ])
      expect(plan.definitions).toEqual([])
    },
  )

  test("a card list without a column is drift although a single card had text in it", () => {
    const only = cardRow({ Name: "Coin Bonus", ...whole }, "", 1)
    const { Unlock: _, ...others } = whole
    const plan = planRebuild(["cards"], [cardRow({ Name: "Coin Bonus", ...others }, "", 1)], stored)
    expect(planRebuild(["cards"], [only], stored).drift).toEqual([])
    expect(plan.drift.map(describeDrift)).toEqual([
      'card, https://wiki.test/wiki/Cards: no row says anything for "Unlock", which 1 stored definition has (coin_bonus)',
    ])
    expect(plan.definitions).toEqual([])
  })

  test("a card list where a single card lost its text is read", () => {
    const [first, second] = list(whole)
    const rows = [first, cardRow({ ...second?.rawRow, Name: "Long Reach", Unlock: "" }, "", 2)]
    const plan = planRebuild(
      ["cards"],
      rows.flatMap((row) => row ?? []),
      stored,
    )
    expect(plan.drift).toEqual([])
    expect(plan.definitions.map(({ slug, unlockText }) => [slug, unlockText])).toEqual([
      ["long_reach", null],
    ])
  })
})

describe("a table whose rows are counted", () => {
  const rows = ["1", "2", "3", "4"].map((level) => [`${level}x`, level, "5#", level, "9s", level])
  const missiles = (cells: readonly (readonly string[])[]) =>
    upgradeRows("ultimate_weapons", {
      entity: "Smart Missiles",
      slug: "smart_missiles",
      headers: ["Damage", "Cost", "Quantity", "Cost__2", "Cooldown", "Cost__3"],
      cells,
    })
  const stored = storedBy(planRebuild(["ultimate_weapons"], missiles(rows), []))
  const plan = (cells: readonly (readonly string[])[], allowShrink = false) =>
    planRebuild(["ultimate_weapons"], missiles(cells), stored, { allowShrink })

  test("a counted table that loses a row in its midst is drift, and the stored levels stay", () => {
    const { drift, levels, deletedLevels } = plan(rows.toSpliced(1, 1))
    expect(drift.map(describeDrift)[0]).toBe(
      'ultimate weapon smart_missiles, https://wiki.test/wiki/smart_missiles, table ultimate_weapons_smart_missiles_table_0, row 2, column Damage: "3x" in place of "2x", and every level after it is one of a later level: a row is missing; if the game has lost the level, run again with --allow-shrink',
    )
    expect(drift.map(({ column }) => column)).toEqual(["Damage", "Quantity", "Cooldown"])
    expect([...levels, ...deletedLevels]).toEqual([])
  })

  test("a counted table that loses a row in its midst is read where that is allowed", () => {
    const { drift, deletedLevels } = plan(rows.toSpliced(1, 1), true)
    expect(drift).toEqual([])
    expect(deletedLevels.map(({ level }) => level)).toEqual([4, 4, 4])
  })

  test("a counted table that loses its last row is read", () => {
    const { drift, levels, deletedLevels } = plan(rows.slice(0, -1))
    expect([...drift, ...levels]).toEqual([])
    expect(deletedLevels.map(({ level }) => level)).toEqual([4, 4, 4])
  })

  test("a counted table that loses its last row and gets other figures is read", () => {
    const others = [
      ["7x", "2", "5#", "2", "9s", "2"],
      ["8x", "3", "5#", "3", "9s", "3"],
    ]
    const { drift, levels } = plan([...rows.slice(0, 1), ...others])
    expect(drift).toEqual([])
    expect(levels.map(({ level, valueRaw }) => [level, valueRaw])).toEqual([
      [2, "7x"],
      [3, "8x"],
    ])
  })

  test.each([0, 1, 2])("a row pasted again at %i with another figure is drift", (at) => {
    const again = (rows[at] ?? []).with(1, "9")
    const { drift, levels } = plan(rows.toSpliced(at, 0, again))
    expect(drift.map(({ reason, column }) => [reason, column])).toContainEqual([
      "inserted-levels",
      "Damage",
    ])
    expect(levels).toEqual([])
    expect(plan(rows.toSpliced(at, 0, again), true).drift).toEqual([])
  })

  test("a counted table that gains a level at its end is read", () => {
    const { drift, levels } = plan([...rows, ["5x", "5", "5#", "5", "9s", "5"]])
    expect(drift).toEqual([])
    expect(levels.map(({ level }) => level)).toEqual([5, 5, 5])
  })

  test("a counted table that gets other figures is read", () => {
    const { drift, levels } = plan([["7x", "1", "5#", "1", "9s", "1"], ...rows.slice(1)])
    expect(drift).toEqual([])
    expect(levels.map(({ level, valueRaw }) => [level, valueRaw])).toEqual([[1, "7x"]])
  })
})

describe("columns that have changed places", () => {
  const stored = storedBy(planRebuild(["bots"], goldenBot(), []))
  const swap = (row: LatestRow) => {
    const { Duration = "", Cooldown = "" } = row.rawRow
    return { ...row, rawRow: { ...row.rawRow, Duration: Cooldown, Cooldown: Duration } }
  }

  test.each([1, 2])("two values of level %i in each other's column are drift", (level) => {
    const rows = goldenBot().map((row) => (row.rawRow.Level === String(level) ? swap(row) : row))
    const plan = planRebuild(["bots"], rows, stored)
    expect(plan.drift.map(({ reason, row, column }) => [reason, row, column])).toEqual([
      ["swapped-columns", String(level), "Duration"],
      ["swapped-columns", String(level), "Cooldown"],
    ])
    expect(plan.levels).toEqual([])
    expect(planRebuild(["bots"], rows, stored, { allowShrink: true }).drift).toEqual([])
  })

  test("a value that becomes what another column had is read where that column goes on", () => {
    const rows = goldenBot().map((row) => ({
      ...row,
      rawRow: { ...row.rawRow, Duration: row.rawRow.Cooldown ?? "" },
    }))
    expect(planRebuild(["bots"], rows, stored).drift).toEqual([])
  })

  test("a card whose description and unlocking have changed places is drift", () => {
    const texts = { Description: "More coins.", Unlock: "Tier 1" }
    const before = storedBy(planRebuild(["cards"], [cardRow({ Name: "Coins", ...texts })], []))
    const swapped = { Description: texts.Unlock, Unlock: texts.Description }
    const plan = planRebuild(["cards"], [cardRow({ Name: "Coins", ...swapped })], before)
    expect(plan.drift.map(describeDrift)).toEqual([
      expect.stringContaining('"Tier 1" in place of "More coins." for "Description"'),
    ])
    expect(plan.definitions).toEqual([])
  })
})

describe("a rebuild plan", () => {
  test("a plan creates everything where nothing is stored", () => {
    const plan = planAll(allRows())
    const none = { created: 0, updated: 0, unchanged: 0 }
    expect(plan.drift).toEqual([])
    expect(plan.deletedLevels).toEqual([])
    expect(plan.targets).toEqual([
      {
        target: "cards",
        definitions: { ...none, created: 2 },
        parameters: none,
        levels: { ...none, deleted: 0 },
      },
      {
        target: "bots",
        definitions: { ...none, created: 1 },
        parameters: { ...none, created: 4 },
        levels: { ...none, created: 12, deleted: 0 },
      },
      {
        target: "guardians",
        definitions: { ...none, created: 1 },
        parameters: { ...none, created: 3 },
        levels: { ...none, created: 6, deleted: 0 },
      },
      {
        target: "ultimate_weapons",
        definitions: { ...none, created: 1 },
        parameters: { ...none, created: 3 },
        levels: { ...none, created: 8, deleted: 0 },
      },
    ])
  })

  test("a plan updates one level where one cell was edited, and says which row it is from", () => {
    const plan = planAll(edit(allRows(), 201, { Cost__2: "6" }), storedOf(allRows()))
    expect(plan).toMatchObject({ definitions: [], parameters: [], deletedLevels: [] })
    expect(plan.levels).toEqual([
      {
        change: "update",
        kind: "ultimate_weapon",
        slug: "smart_missiles",
        key: "quantity",
        level: 2,
        valueRaw: "6#",
        costRaw: "6",
        currency: "stones",
        sourceRowId: 201,
      },
    ])
    expect(plan.targets.at(-1)?.levels).toEqual({
      created: 0,
      updated: 1,
      unchanged: 7,
      deleted: 0,
    })
  })

  test("a plan changes nothing where the same content comes from other rows", () => {
    const recaptured = allRows().map((row) => ({ ...row, id: row.id + 1000 }))
    expect(planAll(recaptured, storedOf(allRows()))).toMatchObject({
      definitions: [],
      parameters: [],
      levels: [],
      deletedLevels: [],
    })
  })

  test("a plan deletes a level that is no longer in the table", () => {
    const plan = planAll(edit(allRows(), 202, { Damage: "" }), storedOf(allRows()))
    expect(plan.levels).toEqual([])
    expect(plan.deletedLevels).toMatchObject([
      { kind: "ultimate_weapon", slug: "smart_missiles", key: "damage_multiplier", level: 3 },
    ])
    expect(plan.targets.at(-1)?.levels).toEqual({
      created: 0,
      updated: 0,
      unchanged: 7,
      deleted: 1,
    })
  })

  test("a plan updates a parameter whose values are written in another unit", () => {
    const values = { 300: "1.1", 301: "1.2" }
    const rows = Object.entries(values).reduce<readonly LatestRow[]>(
      (edited, [id, value]) => edit(edited, Number(id), { "Recovery Amount": `${value}x` }),
      allRows(),
    )
    expect(planAll(rows, storedOf(allRows())).parameters).toEqual([
      {
        change: "update",
        kind: "guardian_chip",
        slug: "ally",
        key: "recovery_amount",
        displayName: "Recovery Amount",
        unitKind: "multiplier",
      },
    ])
  })

  test("a plan updates a definition whose description was edited", () => {
    const plan = planAll(edit(allRows(), 2, { Description: "Reaches far." }), storedOf(allRows()))
    expect(plan.definitions).toMatchObject([
      { change: "update", kind: "card", slug: "long_reach", description: "Reaches far." },
    ])
    expect(plan.targets[0]?.definitions).toEqual({ created: 0, updated: 1, unchanged: 1 })
  })

  test("a plan leaves definitions and parameters that the rows no longer have", () => {
    const stored = storedOf(allRows()).map((definition) => ({
      ...definition,
      parameters: definition.parameters.map((parameter) => ({ ...parameter, key: "lost_key" })),
    }))
    const plan = planAll([...goldenBot()], stored)
    expect(plan.definitions).toEqual([])
    expect(plan.deletedLevels).toEqual([])
    expect(plan.parameters.map(({ change, slug }) => [change, slug])).toEqual([
      ["create", "golden_bot"],
      ["create", "golden_bot"],
      ["create", "golden_bot"],
      ["create", "golden_bot"],
    ])
  })

  test("a plan leaves a drifted entity as it is and covers all others", () => {
    const rows = allRows().map((row) =>
      row.parseVersion === "bots_v1"
        ? { ...row, headers: row.headers.filter((header) => header !== "Cost") }
        : row,
    )
    const plan = planAll(rows)
    expect(new Set(plan.drift.map(({ entity }) => entity))).toEqual(new Set(["golden_bot"]))
    expect(plan.definitions.map(({ slug }) => slug)).toEqual([
      "coin_bonus",
      "long_reach",
      "ally",
      "smart_missiles",
    ])
  })

  test("a plan covers its targets only", () => {
    const plan = planRebuild(["guardians"], allRows(), [])
    expect(plan.targets.map(({ target }) => target)).toEqual(["guardians"])
    expect(new Set(plan.definitions.map(({ kind }) => kind))).toEqual(new Set(["guardian_chip"]))
  })
})

/** The upgrade tables and cards with cells blanked or rewritten at random. */
const editedRows = fc
  .array(
    fc.record({
      row: fc.nat(),
      column: fc.nat(),
      text: fc.constantFrom("", "—", "7", "9x", "12%", "MAX", "Total"),
    }),
    { maxLength: 6 },
  )
  .map((edits) =>
    edits.reduce<readonly LatestRow[]>((rows, { row, column, text }) => {
      const edited = rows[row % rows.length]
      const header = edited?.headers[column % edited.headers.length]
      return edited === undefined || header === undefined || header === "Level"
        ? rows
        : edit(rows, edited.id, { [header]: text })
    }, allRows()),
  )

/** The same rows in another order, the keys of each in another order. */
const shuffled = (rows: readonly LatestRow[]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...rows], { minLength: rows.length }),
      fc.infiniteStream(fc.integer()),
    )
    .map(([inOrder, numbers]) =>
      inOrder.map((row) => {
        const keyed = Object.entries(row.rawRow).map(
          (entry) => [numbers.next().value, entry] as const,
        )
        const entries = keyed.toSorted(([a], [b]) => a - b).map(([, entry]) => entry)
        return { ...row, rawRow: Object.fromEntries(entries) }
      }),
    )

describe("properties of a plan", () => {
  test("a plan does not depend on the order of rows, of keys or of what is stored", () => {
    const cases = editedRows.chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        otherwise: shuffled(rows),
        reversed: fc.boolean(),
      }),
    )
    const stored = storedOf(allRows())
    fc.assert(
      fc.property(cases, ({ rows, otherwise, reversed }) => {
        const plan = planAll(otherwise, reversed ? stored.toReversed() : stored)
        expect(JSON.stringify(plan)).toBe(JSON.stringify(planAll(rows, stored)))
      }),
    )
  })

  test("a second rebuild of the same rows has nothing to do", () => {
    fc.assert(
      fc.property(editedRows, (rows) => {
        const again = planAll(rows, storedOf(rows))
        expect([again.definitions, again.parameters, again.levels, again.deletedLevels]).toEqual([
          [],
          [],
          [],
          [],
        ])
      }),
    )
  })

  test("a plan's counts are those of its rows", () => {
    fc.assert(
      fc.property(editedRows, (rows) => {
        const { targets, ...plan } = planAll(rows, storedOf(allRows()))
        const sum = (count: (target: (typeof targets)[number]) => number) =>
          targets.reduce((total, target) => total + count(target), 0)
        expect(sum(({ definitions: d }) => d.created + d.updated)).toBe(plan.definitions.length)
        expect(sum(({ parameters: p }) => p.created + p.updated)).toBe(plan.parameters.length)
        expect(sum(({ levels: l }) => l.created + l.updated)).toBe(plan.levels.length)
        expect(sum(({ levels: l }) => l.deleted)).toBe(plan.deletedLevels.length)
      }),
    )
  })
})
