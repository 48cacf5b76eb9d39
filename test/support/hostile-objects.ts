const types =
  "'{text,int8,int4,int2,bool,jsonb,json,timestamptz,date,numeric,name,oid,regclass,interval,_text}'::text[]"

const body = "'begin raise exception ''a hostile object was run''; end'"

/**
 * A schema of objects that are called like PostgreSQL's own, and fail when they are run: operators,
 * functions, types and relations. `search_path = hostile, pg_catalog` has them found first.
 */
export const hostileSchema = `
  create schema hostile;
  grant usage on schema hostile to public;
  do $hostile$
  declare
    twin record;
  begin
    for twin in
      select oid, oprname, oprleft::regtype, oprright::regtype, oprresult::regtype from pg_operator
      where oprnamespace = 'pg_catalog'::regnamespace and oprleft <> 0
        and (select typname from pg_type where oid = oprleft) = any (${types})
        and (select typname from pg_type where oid = oprright) = any (${types})
    loop
      execute format('create function hostile.operator_%s(%s, %s) returns %s language plpgsql as %L',
        twin.oid, twin.oprleft, twin.oprright, twin.oprresult, ${body});
      execute format('create operator hostile.%s (leftarg = %s, rightarg = %s, function = hostile.operator_%s)',
        twin.oprname, twin.oprleft, twin.oprright, twin.oid);
    end loop;
    for twin in
      select proname, pg_get_function_identity_arguments(oid) as arguments, prorettype::regtype as result
      from pg_proc
      where pronamespace = 'pg_catalog'::regnamespace and prokind = 'f' and provariadic = 0
        and not proretset and proargmodes is null and pronargs < 4
        and (select typname from pg_type where oid = prorettype) = any (${types})
        and (select coalesce(bool_and(typname = any (${types})), true)
          from unnest(proargtypes) as argument join pg_type on pg_type.oid = argument)
    loop
      execute format('create function hostile.%I(%s) returns %s language plpgsql as %L',
        twin.proname, twin.arguments, twin.result, ${body});
    end loop;
  end
  $hostile$;
  create domain hostile.text as pg_catalog.text check (false);
  create domain hostile.timestamptz as pg_catalog.timestamptz check (false);
  create domain hostile.jsonb as pg_catalog.jsonb check (false);
  create domain hostile.date as pg_catalog.date check (false);
  create table hostile.pg_class ();
  create table hostile.pg_locks ();
  create table hostile.pg_namespace ();
  create table hostile.pg_database ();
  create table hostile.pg_stat_activity ();`

/** The same for operators on the types that the migrations make, which fit better than PostgreSQL's. */
export const hostileToOwnTypes = `
  set local search_path = pg_catalog;
  do $hostile$
  declare
    name text;
    left_type text;
    right_type text;
  begin
    foreach left_type in array array['definitions.definition_kind', 'definitions.parameter_key', 'pg_catalog.text'] loop
      foreach right_type in array array['definitions.definition_kind', 'definitions.parameter_key', 'pg_catalog.text'] loop
        continue when left_type = right_type and left_type = 'pg_catalog.text';
        execute format('create function hostile.run_instead(%s, %s) returns boolean language plpgsql as %L',
          left_type, right_type, ${body});
        foreach name in array array['=', '<>', '<', '>', '<=', '>='] loop
          execute format('create operator hostile.%s (leftarg = %s, rightarg = %s, function = hostile.run_instead)',
            name, left_type, right_type);
        end loop;
      end loop;
    end loop;
  end
  $hostile$`
