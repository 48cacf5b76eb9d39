import { expect, test } from "bun:test"
import { sectionSlug, slug } from "../../../../lib/battle-reports/reader/vocabulary/metric-key.ts"

test("a slug is the words of a label in lower case", () => {
  expect(slug("Projectiles Count")).toBe("projectiles_count")
  expect(slug("  Coins / Wave  ")).toBe("coins_wave")
  expect(slug("Defense %")).toBe("defense")
})

test("a label without a letter or digit still has a key", () => {
  expect(slug("%")).toBe("unnamed")
  expect(slug("Волна")).toBe("unnamed")
})

test("the key of a line in a section starts with the section", () => {
  expect(sectionSlug("Records", "Highest Coins / Minute")).toBe("records_highest_coins_minute")
  expect(sectionSlug(null, "Coins Per Hour")).toBe("coins_per_hour")
})
