-- Three roles for an installation, to be run once, before the first migration or at any time after it, by
-- a superuser or by an owner of the database who may create roles: `psql -f sql/roles.sql DATABASE`.
--
--   towerstats_suite   owns the suite's schemas: for the DATABASE_URL of its commands
--   towerstats_site    for the web site: reads definitions, reads and writes what belongs to players
--   towerstats_reader  for checks, `status` and `report`: reads everything, writes nothing
--
-- None can log in before it has a password: `\password towerstats_suite`, and so on.
begin;
set local search_path = pg_catalog, pg_temp;

do $$
declare
  role name;
begin
  foreach role in array array['towerstats_suite', 'towerstats_site', 'towerstats_reader'] loop
    if not exists (select from pg_roles where rolname = role) then
      execute format('create role %I login', role);
    end if;
    execute format('grant connect on database %I to %I', current_database(), role);
  end loop;
  execute format('grant create on database %I to towerstats_suite', current_database());
  -- Whoever is no superuser has to belong to a role to make it the owner of something.
  if not pg_has_role('towerstats_suite', 'usage') then
    grant towerstats_suite to current_user;
  end if;
end
$$;

create schema if not exists towerstats authorization towerstats_suite;
create schema if not exists definitions authorization towerstats_suite;
create schema if not exists player_state authorization towerstats_suite;
create schema if not exists gamedata authorization towerstats_suite;

-- What was there before becomes the suite's too.
do $$
declare
  object text;
begin
  for object in
    with own as (
      select oid, nspname from pg_namespace
      where nspname in ('towerstats', 'definitions', 'player_state', 'gamedata')
    )
    select format('schema %I', nspname) from own
    union all
    select format('%s %s', case relkind when 'v' then 'view' else 'table' end, pg_class.oid::regclass)
    from pg_class join own on own.oid = relnamespace where relkind in ('r', 'p', 'v')
    union all
    select format('domain %s', pg_type.oid::regtype)
    from pg_type join own on own.oid = typnamespace where typtype = 'd'
    union all
    select format('routine %s', pg_proc.oid::regprocedure)
    from pg_proc join own on own.oid = pronamespace
  loop
    execute format('alter %s owner to towerstats_suite', object);
  end loop;
end
$$;

grant usage on schema definitions, player_state, gamedata to towerstats_site;
grant select on all tables in schema definitions to towerstats_site;
grant select, insert, update, delete on all tables in schema player_state, gamedata to towerstats_site;

grant usage on schema towerstats, definitions, player_state, gamedata to towerstats_reader;
grant select on all tables in schema towerstats, definitions, player_state, gamedata
  to towerstats_reader;

-- The same for the tables of migrations to come.
alter default privileges for role towerstats_suite in schema definitions
  grant select on tables to towerstats_site;
alter default privileges for role towerstats_suite in schema player_state, gamedata
  grant select, insert, update, delete on tables to towerstats_site;
alter default privileges for role towerstats_suite
  in schema towerstats, definitions, player_state, gamedata
  grant select on tables to towerstats_reader;
commit;
