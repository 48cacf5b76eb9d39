/** The keys of an object in jsonb's order: where each one's value is, and how it is written. */
export interface KeyOrder {
  readonly positions: ReadonlyArray<number>
  readonly prefixes: ReadonlyArray<string>
}

// jsonb orders keys by length first, then by bytes; metric keys are ASCII.
const inJsonbOrder = (keys: ReadonlyArray<string>): KeyOrder => {
  const sorted = keys
    .map((key, position) => ({ key, position }))
    .sort((a, b) => a.key.length - b.key.length || (a.key < b.key ? -1 : 1))
  return {
    positions: sorted.map(({ position }) => position),
    prefixes: sorted.map(({ key }) => `${JSON.stringify(key)}: `),
  }
}

// Reports of one layout have the same keys in the same order, so sorting them once is enough.
const orders = new Map<string, KeyOrder>()
const mostOrders = 200

/** The order in which jsonb prints these keys, which are ASCII and stand once each. */
export const keyOrder = (keys: ReadonlyArray<string>): KeyOrder => {
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
export const jsonbObject = (
  { positions, prefixes }: KeyOrder,
  values: ReadonlyArray<string>,
): string => {
  const members = positions.map((position, index) => `${prefixes[index]}${values[position]}`)
  return `{${members.join(", ")}}`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON must escape.
const mustEscape = /["\\\u0000-\u001f]/

/** A string as PostgreSQL prints it in json and jsonb. */
export const jsonString = (value: string): string =>
  mustEscape.test(value) ? JSON.stringify(value) : `"${value}"`
