"""What differs on a server from what the scripts of the schema make: rules, rights and functions, word for word; and
who or what bypasses them."""

from __future__ import annotations

from meetingtool.store.server.administration import apply, form_of, scripts
from meetingtool.store.server.link import Link

_HERE = "'meetingtool'::regnamespace"
_RIGHTS = (
    "coalesce((select string_agg(concat_ws(' ', case grantee when 0 then 'public' else pg_get_userbyid(grantee) end,"
    " privilege_type, is_grantable), ', ' order by grantee, privilege_type) from aclexplode({acl})), '')"
)
_FACTS = (
    "select 'schema meetingtool', concat_ws(' ', pg_get_userbyid(nspowner), "
    + _RIGHTS.format(acl="coalesce(nspacl, acldefault('n', nspowner))")
    + f") from pg_namespace where oid = {_HERE}",
    "select case relkind when 'r' then 'table ' when 'v' then 'view ' when 'i' then 'index ' when 'S' then 'sequence '"
    " else 'relation ' end || relname, concat_ws(' ', relrowsecurity, relforcerowsecurity, relpersistence,"
    " pg_get_userbyid(relowner), "
    + _RIGHTS.format(
        acl="coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::\"char\", relowner))"
    )
    + f") from pg_class where relnamespace = {_HERE} and relkind <> 'c'",
    "select format('column %%s of the table %%s', attname, relname), concat_ws(' ', format_type(atttypid, atttypmod),"
    " attnotnull, attidentity, coalesce(attstattarget, -1), pg_get_expr(adbin, adrelid), "
    + _RIGHTS.format(acl="attacl")
    + ") from pg_attribute join pg_class on pg_class.oid = attrelid left join pg_attrdef on adrelid = attrelid"
    f" and adnum = attnum where relnamespace = {_HERE} and relkind = 'r' and attnum > 0 and not attisdropped",
    "select format('rule %%s of the table %%s', conname, relname), pg_get_constraintdef(pg_constraint.oid)"
    f" from pg_constraint join pg_class on pg_class.oid = conrelid where connamespace = {_HERE}",
    "select format('policy %%s of the table %%s', policyname, tablename), concat_ws(' / ', permissive, roles, cmd,"
    " qual, with_check) from pg_policies where schemaname = 'meetingtool'",
    "select format('function %%s(%%s)', proname, pg_get_function_identity_arguments(oid)),"
    " concat_ws(' ', pg_get_functiondef(oid), pg_get_userbyid(proowner), "
    + _RIGHTS.format(acl="coalesce(proacl, acldefault('f', proowner))")
    + f") from pg_proc where pronamespace = {_HERE} and prokind <> 'a'",
    "select format('trigger %%s of the table %%s', tgname, relname), concat_ws(' ', pg_get_triggerdef(pg_trigger.oid),"
    f" tgenabled) from pg_trigger join pg_class on pg_class.oid = tgrelid where relnamespace = {_HERE}"
    " and not tgisinternal",
    "select format('rule %%s on the table %%s', rulename, tablename), definition from pg_rules"
    " where schemaname = 'meetingtool'",
)
_PAST_THE_RULES = r"""
with recursive becomes (login, role) as (
    select oid, oid from pg_roles where rolcanlogin
    union select login, roleid from becomes join pg_auth_members on member = role
), power as (
    select login.rolname, login.rolsuper, login.rolsuper or login.rolname = session_user
        or login.oid = (select datdba from pg_database where datname = current_database()) as is_administrator,
        bool_or(role.rolname in ('meetingtool_manager', 'meetingtool_hr')) as works_here,
        string_agg(case when role.rolsuper then 'superuser' when role.rolbypassrls then 'bypassrls'
            when role.rolcreaterole and current_setting('server_version_num')::integer < 160000 then 'createrole'
            when role.rolname in ('meetingtool_owner', 'pg_read_all_data', 'pg_write_all_data', 'pg_maintain',
                'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program') then role.rolname end,
            ', ' order by role.rolname) as why
    from becomes join pg_roles login on login.oid = becomes.login join pg_roles role on role.oid = becomes.role
    group by login.oid, login.rolname, login.rolsuper
)
select format('The login %%s may pass by the rules of the server (%%s).', rolname, why) from power
    where why is not null and (not is_administrator or rolsuper and works_here)
union all select format('The role %%s may log in.', rolname) from pg_roles
    where rolname in ('meetingtool_owner', 'meetingtool_manager', 'meetingtool_hr', 'meetingtool_teams') and rolcanlogin
union all select format('The setting %%s changes how the rules work%%s%%s.', setting,
        ' for ' || nullif(setrole, 0)::regrole, case when setdatabase = 0 then ' in every database' end)
    from pg_db_role_setting, unnest(setconfig) setting
    where setdatabase in (0, (select oid from pg_database where datname = current_database()))
        and (setting ~* '^session_replication_role=(?!origin$)'
            or setting ~* '^row_security=(?!on$)'
            or setting ~* '^default_transaction_isolation=(?!read committed$)')
union all select format('The setting %%s=%%s of the whole server changes how the rules work.', name, reset_val)
    from pg_settings where (name, source) in (('session_replication_role', 'configuration file'),
        ('default_transaction_isolation', 'configuration file')) and reset_val not in ('origin', 'read committed')
union all select format('%%s may set session_replication_role, with which no rule of a table works.',
        case grantee when 0 then 'Everybody' else 'The role ' || grantee::regrole end)
    from pg_parameter_acl, aclexplode(paracl) where parname = 'session_replication_role'
        and grantee not in (select oid from pg_roles where rolsuper)
union all select format('The publication %%s gives away the table %%s.', pubname, tablename)
    from pg_publication_tables where schemaname = 'meetingtool'
union all select format('The table %%s takes part in the table %%s.', inhrelid::regclass, inhparent::regclass)
    from pg_inherits where exists (select from pg_class where oid in (inhrelid, inhparent)
        and relkind in ('r', 'p', 'f') and relnamespace = 'meetingtool'::regnamespace)
union all select format('What %%s makes in the future gives rights away: %%s.', defaclrole::regrole, defaclacl)
    from pg_default_acl where defaclnamespace = 'meetingtool'::regnamespace
        or defaclnamespace = 0 and defaclrole = 'meetingtool_owner'::regrole
union all select format('The member %%s of the team %%s is no login of this server.', login, team)
    from meetingtool.member where login not in (select rolname from pg_roles where rolcanlogin)
union all select format('The login %%s is another one than that which was let into the team %%s: remove it, or add it'
        ' again.', login, team)
    from meetingtool.member join pg_roles on rolname = login where rolcanlogin and role is distinct from pg_roles.oid
union all select format('The login %%s manages the team %%s and is of the HR office.', login, team)
    from meetingtool.member join pg_roles on rolname = login
    where not rolsuper and pg_has_role(pg_roles.oid, 'meetingtool_hr', 'member')
union all select distinct format('The view %%s shows the table %%s.', looks.oid::regclass, looked.oid::regclass)
    from pg_depend join pg_rewrite on classid = 'pg_rewrite'::regclass and objid = pg_rewrite.oid
    join pg_class looks on looks.oid = ev_class
    join pg_class looked on refclassid = 'pg_class'::regclass and refobjid = looked.oid
    where looked.relnamespace = 'meetingtool'::regnamespace and looks.relnamespace <> looked.relnamespace
union all select format('The function %%s names meetingtool and works with the rights of its owner, %%s.',
        oid::regprocedure, proowner::regrole)
    from pg_proc where prosecdef and pronamespace <> 'meetingtool'::regnamespace and prokind in ('f', 'p')
        and pg_get_functiondef(oid) ~* 'meetingtool'
union all select format('The function %%s runs with the rights of %%s whatever text it is given.',
        pg_proc.oid::regprocedure, proowner::regrole)
    from pg_proc join pg_roles on pg_roles.oid = proowner
    where prosecdef and rolsuper and prokind in ('f', 'p') and proargtypes <> '' and prosrc ~* '\mexecute\M'
        and pronamespace not in ('pg_catalog'::regnamespace, 'meetingtool'::regnamespace)
        and not exists (select from pg_depend
            where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e')
union all select format('The function %%s counts as leakproof: it may look at rows before the rules leave them out.',
        oid::regprocedure)
    from pg_proc where proleakproof and pronamespace <> 'pg_catalog'::regnamespace
        and not exists (select from pg_depend
            where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e')
union all select format('The login %%s may make itself and others members of %%s.', member::regrole, roleid::regrole)
    from pg_auth_members join power on power.rolname = pg_get_userbyid(member)
    where admin_option and not is_administrator
        and roleid in ('meetingtool_owner'::regrole, 'meetingtool_hr'::regrole)
union all select 'The table forgotten is empty, though HR deleted finals: they are filed again if they are sent again.'
    where exists (select from meetingtool.forgetting where finals > 0)
        and not exists (select from meetingtool.forgotten where edition > 0)
union all select format('The time of %%s in the team %%s ends at a moment that can''t be read (%%s): add it again with'
        ' another day, or for good.', login, team, until)
    from meetingtool.member where not meetingtool.is_readable(until)
union all select format('The line %%s of the table %%s (team %%s) has a moment that can''t be read (%%s).', number, log,
        team, moment)
    from (select number, 'membership', team, at from meetingtool.membership
        union all select number, 'membership', team, until from meetingtool.membership
        union all select number, 'reading', team, at from meetingtool.reading
        union all select number, 'forgetting', team, at from meetingtool.forgetting
        union all select number, 'forgetting', team, before::timestamptz from meetingtool.forgetting
    ) as line(number, log, team, moment) where not meetingtool.is_readable(moment)
union all select format('The final %%s of the team %%s was filed at a moment that can''t be read (%%s).',
        right(evaluation, 6), team, filed_at)
    from meetingtool.final where not meetingtool.is_readable(filed_at)
union all select format('The event trigger %%s runs %%s.', evtname, evtfoid::regprocedure) from pg_event_trigger
union all select format('The statistics %%s keep values of the table %%s.', stxname, stxrelid::regclass)
    from pg_statistic_ext join pg_class on pg_class.oid = stxrelid where relnamespace = 'meetingtool'::regnamespace
order by 1
"""


def differences(link: Link) -> list[str]:
    """What differs, a sentence each; empty where all is as it should be. For somebody who may set up the database. The
    scripts are run beside what is there, in a transaction that is rolled back, and both are read in the same way.
    """
    import psycopg

    newest, has = scripts()[-1][0], form_of(link)
    if has == 0:
        return ["meetingtool is not set up in this database."]
    if has != newest:
        return [f"The schema has form {has}; this meetingtool works with form {newest}."]
    found, wanted = _facts(link), dict[str, str]()
    with link.transaction():
        link.run("alter schema meetingtool rename to meetingtool_as_it_is")
        apply(link, scripts())
        wanted = _facts(link)
        raise psycopg.Rollback
    said = [f"The {name} is missing." for name in sorted(wanted.keys() - found.keys())]
    said += [f"The {name} is an added one." for name in sorted(found.keys() - wanted.keys())]
    said += [f"The {name} was changed." for name in sorted(found.keys() & wanted.keys()) if found[name] != wanted[name]]
    return said + [sentence for (sentence,) in link.rows(_PAST_THE_RULES)]


def _facts(link: Link) -> dict[str, str]:
    """What the schema consists of, by name, with everything known about each."""
    return {name: said for statement in _FACTS for name, said in link.rows(statement)}
