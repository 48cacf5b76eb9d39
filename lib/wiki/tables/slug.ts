/**
 * The stable name of an entity: lower case, every run of anything but `a-z0-9` one `_`, none at
 * the ends; `unknown` where nothing is left. `Golden Bot` is `golden_bot`.
 */
export function slug(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ["unknown"]
  return words.join("_")
}
