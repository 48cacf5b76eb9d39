import { expect, test } from "bun:test"
import { addBoundary } from "../../lib/battle-reports/patches.ts"
import { onEachDatabase } from "../support/databases.ts"

onEachDatabase("a patch boundary", (database) => {
  test("a patch boundary keeps its label unless it is given another, and is returned as it is", async () => {
    const add = (label: string) => database.run(addBoundary({ date: "2026-03-30", label }))
    const v28 = { date: "2026-03-30", label: "v28" }
    expect(await add("v28")).toEqual({ boundary: v28, changed: true })
    expect(await add("")).toEqual({ boundary: v28, changed: false })
    expect(await add("V28")).toEqual({ boundary: { ...v28, label: "V28" }, changed: true })
  })
})
