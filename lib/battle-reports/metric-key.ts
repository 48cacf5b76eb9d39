/** What a metric is called whose label has no ASCII letter or digit. */
const unnamed = "unnamed"

/** A text as a key: its runs of ASCII letters and digits in lower case, joined with `_`. */
export function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join("_") ?? unnamed
  )
}

/** The key of a line in a section: `records_largest_wave_skip`. */
export function sectionSlug(section: string | null, label: string): string {
  return section === null ? slug(label) : slug(`${section} ${label}`)
}

/**
 * Hands out keys so that no line takes another's. The first line with a key has it; a later one is
 * told apart by its section (`guardian_bonus`), and where that is taken too by a number
 * (`guardian_bonus_2`). The same report always gives the same keys.
 */
export class MetricKeys {
  readonly #taken = new Set<string>()
  readonly #nextNumber = new Map<string, number>()

  /** Takes `key`, or the nearest free one to it. */
  take(key: string, section: string | null, label: string): string {
    const free = this.#taken.has(key) ? this.#freeKey(sectionSlug(section, label)) : key
    this.#taken.add(free)
    return free
  }

  /** Numbers never start over, so that many lines of one label take linear time. */
  #freeKey(key: string): string {
    if (!this.#taken.has(key)) return key
    let number = this.#nextNumber.get(key) ?? 2
    while (this.#taken.has(`${key}_${number}`)) number++
    this.#nextNumber.set(key, number + 1)
    return `${key}_${number}`
  }
}
