"""What differs on a server from what the scripts of the schema make: rules, rights and functions, word for word."""

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
    " else 'relation ' end || relname, concat_ws(' ', relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner), "
    + _RIGHTS.format(
        acl="coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::\"char\", relowner))"
    )
    + f") from pg_class where relnamespace = {_HERE} and relkind <> 'c'",
    "select format('column %%s of the table %%s', attname, relname), concat_ws(' ', format_type(atttypid, atttypmod),"
    " attnotnull, attidentity, pg_get_expr(adbin, adrelid), "
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
    + f") from pg_proc where pronamespace = {_HERE} and prokind = 'f'",
    "select format('trigger %%s of the table %%s', tgname, relname), concat_ws(' ', pg_get_triggerdef(pg_trigger.oid),"
    f" tgenabled) from pg_trigger join pg_class on pg_class.oid = tgrelid where relnamespace = {_HERE}"
    " and not tgisinternal",
)
_PAST_THE_RULES = (
    "select rolname from pg_roles where (rolbypassrls or rolsuper or rolname like 'meetingtool!_%%' escape '!' and"
    " rolcanlogin) and (rolname in ('meetingtool_owner', 'meetingtool_manager', 'meetingtool_hr') or exists"
    " (select from pg_auth_members join pg_roles granted on granted.oid = roleid where member = pg_roles.oid"
    " and granted.rolname in ('meetingtool_manager', 'meetingtool_hr'))) order by 1"
)


def differences(link: Link) -> list[str]:
    """What differs, a sentence each; empty where all is as it should be. For who may set up the database.

    The scripts are run beside what is there, in a transaction that is taken back, and both are read in the same way.
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
    return said + [
        f"The role {role} may pass by the rules of the server, or log in." for (role,) in link.rows(_PAST_THE_RULES)
    ]


def _facts(link: Link) -> dict[str, str]:
    """What the schema consists of, by name: each with all that is said of it."""
    return {name: said for statement in _FACTS for name, said in link.rows(statement)}
