import type { Query } from "./contents.ts"

/** The schema of a database, object by object; equal after the same migrations. */
export const catalog = async (query: Query): Promise<string> => {
  const objects = await query(`
    with own as (
      select oid as schema, nspname as name from pg_namespace
      where nspname in ('definitions', 'player_state', 'gamedata', 'towerstats'))
    select concat('schema ', name) as object from own
    union all
    select concat(attrelid::regclass, '.', attname, ' ', atttypid::regtype, ' ', attnotnull, ' ',
        pg_get_expr(adbin, adrelid))
      from pg_attribute join pg_class on pg_class.oid = attrelid join own on relnamespace = schema
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where attnum > 0 and relkind in ('r', 'v')
    union all
    select concat(conrelid::regclass, ' ', contypid::regtype, ' ', conname, ' ', pg_get_constraintdef(oid))
      from pg_constraint join own on connamespace = schema
    union all
    select indexdef from pg_indexes join own on schemaname = name
    union all
    select pg_get_triggerdef(pg_trigger.oid)
      from pg_trigger join pg_class on pg_class.oid = tgrelid join own on relnamespace = schema
      where not tgisinternal
    union all
    select pg_get_functiondef(oid) from pg_proc join own on pronamespace = schema
    union all
    select concat(viewname, ' ', definition) from pg_views join own on schemaname = name
    order by 1`)
  return objects.map(({ object }) => String(object)).join("\n")
}
