import type { Reading } from "./reading.ts"
import { isPositive } from "./values/decimal.ts"

/** Metrics that only a bot in use can bring above zero. */
const botMetrics: readonly (readonly [key: string, bot: string])[] = [
  ["flame_bot_damage", "Flame Bot"],
  ["thunder_bot_stuns", "Thunder Bot"],
  ["golden_bot_coins_earned", "Golden Bot"],
  ["enemies_destroyed_in_golden_bot", "Golden Bot"],
  ["killed_with_effect_active_amplify_bot", "Amplify Bot"],
  ["enemies_hit_by_flame_bot", "Flame Bot"],
  ["enemies_hit_by_thunder_bot", "Thunder Bot"],
]

/**
 * The names of the bots used in a run, each once without regard to case: those the report lists,
 * as written, and those its metrics show.
 */
export function usedBots(report: Pick<Reading, "bots" | "metrics">): readonly string[] {
  const names = new Map(report.bots.map((name) => [name.toLowerCase(), name]))
  for (const [key, bot] of botMetrics) {
    const value = report.metrics.get(key)?.value
    const name = bot.toLowerCase()
    if (value !== undefined && isPositive(value) && !names.has(name)) names.set(name, bot)
  }
  return [...names.values()]
}
