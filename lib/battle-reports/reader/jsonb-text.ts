/** The keys of an object in jsonb's order: where each one's value is, and how it is written. */
export type KeyOrder = readonly { readonly position: number; readonly prefix: string }[]

// jsonb orders keys by length first, then by bytes; the keys are ASCII.
const inJsonbOrder = (keys: readonly string[]): KeyOrder =>
  keys
    .map((key, position) => ({ key, position }))
    .sort((a, b) => a.key.length - b.key.length || (a.key < b.key ? -1 : 1))
    .map(({ key, position }, index) => ({
      position,
      prefix: `${index === 0 ? "" : ", "}${JSON.stringify(key)}: `,
    }))

// Reports of one layout have the same keys in the same order, so sorting them once is enough.
const orders = new Map<string, KeyOrder>()
const mostOrders = 200

/** No report of the game has as many; remembering longer orders would fill the memory. */
const mostKeys = 500

/** The order in which jsonb prints these keys, which are ASCII and all different. */
export const keyOrder = (keys: readonly string[]): KeyOrder => {
  if (keys.length > mostKeys) return inJsonbOrder(keys)
  const name = keys.join()
  const known = orders.get(name)
  if (known !== undefined) return known
  const order = inJsonbOrder(keys)
  if (orders.size >= mostOrders) orders.clear()
  orders.set(name, order)
  return order
}

/**
 * A flat object as PostgreSQL prints it when its type is jsonb. `values` are JSON texts already, in
 * canonical form, in the order that the keys were given in.
 */
export const jsonbObject = (order: KeyOrder, values: readonly string[]): string => {
  // One flat list of pieces: joining it is half the cost of adding strings up.
  const pieces = ["{"]
  for (const { prefix, position } of order) pieces.push(prefix, values[position] ?? "null")
  pieces.push("}")
  return pieces.join("")
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON must escape.
const mustEscape = /["\\\u0000-\u001f]/

/** A string as PostgreSQL prints it in json and jsonb. */
export const jsonString = (value: string): string =>
  mustEscape.test(value) ? JSON.stringify(value) : `"${value}"`
