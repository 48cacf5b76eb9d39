-- What the suite remembers about itself.
create schema towerstats;

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

-- Put before DELETE and TRUNCATE on what belongs to players: a transaction of the suite, which sets
-- towerstats.maintenance when it begins, cannot delete there, whatever its code says.
create function towerstats.refuse_deletion_by_maintenance() returns trigger
language plpgsql as $$
begin
  if current_setting('towerstats.maintenance', true) = 'on' then
    raise exception 'maintenance commands never delete from %.%', tg_table_schema, tg_table_name
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end
$$;

create trigger no_deletion before delete or truncate on towerstats.adopted_row
  for each statement execute function towerstats.refuse_deletion_by_maintenance();
