-- What the suite remembers about itself.
--
-- sql/roles.sql may have created the schemas; another role's are refused before the first migration.
--
-- Here as in the migrations after it every function pins its search_path to pg_catalog, and a transaction
-- of the suite begins with the same: what other roles make in other schemas is never looked up. pg_temp
-- comes last, because it would be searched first if it were not named.
create schema if not exists towerstats;

create table towerstats.schema_migration (
  version integer primary key,
  name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  applied_at timestamptz not null default now()
);

create table towerstats.deploy_run (
  id bigint generated always as identity primary key,
  started_at timestamptz not null default now(),
  finished_at timestamptz check (finished_at >= started_at),
  steps jsonb not null default '[]' check (jsonb_typeof(steps) = 'array')
);

create table towerstats.adoption (
  id bigint generated always as identity primary key,
  source text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz check (finished_at >= started_at),
  counts jsonb not null default '{}' check (jsonb_typeof(counts) = 'object')
);

-- What an adopted installation had and this schema has no place for.
create table towerstats.adopted_row (
  source_table text not null,
  source_id text not null,
  why text not null check (why <> ''),
  row jsonb not null check (jsonb_typeof(row) = 'object'),
  primary key (source_table, source_id)
);

-- Whether a transaction is the suite's, which sets towerstats.maintenance when it begins. Any role can set
-- that, but it means nothing from one that could not change this schema. The body is bound to the
-- functions and operators of pg_catalog here and now.
create function towerstats.is_maintenance() returns boolean
language sql stable
return current_setting('towerstats.maintenance', true) is not distinct from 'on'
  and has_schema_privilege('towerstats', 'create');

-- Put before DELETE and TRUNCATE on what belongs to players, when is_maintenance(): the suite cannot
-- delete there, whatever its code says.
create function towerstats.refuse_deletion() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'maintenance commands never delete from %.%', tg_table_schema, tg_table_name
    using errcode = 'integrity_constraint_violation';
end
$$;

create trigger no_deletion before delete or truncate on towerstats.adopted_row
  for each statement when (towerstats.is_maintenance()) execute function towerstats.refuse_deletion();
