import type postgres from "postgres"

const ours = "array['gamedata', 'player_state', 'definitions', 'towerstats']::text[]"

// What is dropped and created again has another oid.
const schemaFingerprint = `
  with namespace as (select oid from pg_namespace where nspname = any (${ours})),
    relation as (select oid from pg_class where relnamespace in (select oid from namespace))
  select md5(string_agg(entry, ',' order by entry)) as fingerprint from (
    select concat_ws(' ', 'relation', oid) as entry from relation
    union all select concat_ws(' ', 'trigger', oid, tgenabled) from pg_trigger
      where tgrelid in (select oid from relation)
    union all select concat_ws(' ', 'function', oid, md5(prosrc)) from pg_proc
      where pronamespace in (select oid from namespace)
    union all select concat_ws(' ', 'migration', version, name, sha256)
      from towerstats.schema_migration
  ) as object`

const truncation = `
  do $$ begin
    set local session_replication_role = replica;
    execute (
      select 'truncate ' || string_agg(format('%I.%I', schemaname, tablename), ', ')
        || ' restart identity'
      from pg_tables where schemaname = any (${ours}) and tablename <> 'schema_migration'
    );
  end $$`

/** Empties every table, which no command could do. */
export const emptyTables = (sql: postgres.Sql): Promise<unknown> => sql.unsafe(truncation)

// By place and address: the tests of a process share the embedded database, whose schema may be another.
const fingerprints = new Map<string, string | null>()

/** Null if a test has dropped the schema. */
const fingerprintOf = async (sql: postgres.Sql): Promise<string | null> => {
  const [{ exists } = { exists: false }] = await sql<{ exists: boolean }[]>`
    select to_regclass('towerstats.schema_migration') is not null as exists`
  if (!exists) return null
  const [row] = await sql.unsafe<{ fingerprint: string }[]>(schemaFingerprint)
  return row?.fingerprint ?? null
}

/**
 * Makes a database, known by its place and address, as good as new. If its schema is as the last reset left it, only the tables are
 * emptied, which takes a fifth of the time; otherwise `migrate` builds the schema again.
 */
export const reset = async (
  place: string,
  sql: postgres.Sql,
  migrate: () => Promise<unknown>,
): Promise<void> => {
  const fingerprint = await fingerprintOf(sql)
  if (fingerprint !== null && fingerprint === fingerprints.get(place)) {
    await emptyTables(sql)
    return
  }
  await sql.unsafe("drop schema if exists gamedata, player_state, definitions, towerstats cascade")
  await migrate()
  fingerprints.set(place, await fingerprintOf(sql))
}
