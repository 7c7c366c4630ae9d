-- Who looks after teams and managers needs no right to change the rules any more: a role of its own, meetingtool_teams.
-- A deed belongs to who began it, a document says each thing once, and who writes sees who manages a team now.

do $$
begin
    if not exists (select from pg_roles where rolname = 'meetingtool_teams') then
        create role meetingtool_teams nologin;
    end if;
end
$$;

set local role meetingtool_owner;

grant usage on schema meetingtool to meetingtool_teams;
grant select on meetingtool.form, meetingtool.team, meetingtool.member to meetingtool_teams;
grant insert (id, title), update (title, closed_at) on meetingtool.team to meetingtool_teams;
grant insert (team, login, until), update (until), delete on meetingtool.member to meetingtool_teams;
create policy teams on meetingtool.team to meetingtool_teams using (true) with check (true);
create policy teams on meetingtool.member to meetingtool_teams using (true) with check (true);

-- What `check_version`, `save` and `hold` of the first form did, and the three things above.
create or replace function meetingtool.check_version() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    -- Without NULs, which PostgreSQL takes out of no document; a backslash that is meant stays one.
    said json := replace(replace(new.document, '\\', '\u005c'), '\u0000', '\u0001')::json;
    old_day text;
    later_day text;
begin
    if said ->> 'id' is distinct from new.id or said ->> 'type' is distinct from new.kind
       or coalesce((said ->> 'version')::integer, 1) <> new.version
       or (select count(*) <> count(distinct key) from json_object_keys(said) key) then
        raise exception 'a document that says something else than its row' using errcode = 'MT400';
    end if;
    if tg_op = 'INSERT' then
        if new.version <> 1 and (select seq from meetingtool.team where id = new.team) <> 0 then
            raise exception 'nothing to change' using errcode = 'MT404';
        end if;
        new.saved_by := session_user;
        return new;
    end if;
    if (new.team, new.id) is distinct from (old.team, old.id) then
        raise exception 'a record keeps its team and its id' using errcode = 'MT400';
    end if;
    if new.version <> old.version + 1 then
        raise exception 'changed meanwhile' using errcode = 'MT409';
    end if;
    if (new.kind, new.book) is distinct from (old.kind, old.book) then
        raise exception 'a record keeps its kind and its book' using errcode = 'MT400';
    end if;
    new.saved_by := session_user;
    insert into meetingtool.former (team, id, version, document, replaced_at, replaced_by, deed)
        values (old.team, old.id, old.version, old.document, new.saved_at, new.saved_by, new.saved_in);
    -- The newest 40 stay; of older ones, each day's last.
    select left(replaced_at, 10) into old_day from meetingtool.former
        where team = old.team and id = old.id and version = old.version - 40;
    select left(replaced_at, 10) into later_day from meetingtool.former
        where team = old.team and id = old.id and version = old.version - 39;
    if old_day = later_day then
        delete from meetingtool.former where team = old.team and id = old.id and version = old.version - 40;
    end if;
    return new;
end
$$;

create or replace function meetingtool.hold(p_team text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    found_seq bigint;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'an older view of who manages a team' using errcode = 'MT400';
    end if;
    select seq into found_seq from meetingtool.team
        where id = p_team and closed_at is null and id in (select meetingtool.my_teams()) for update;
    if found_seq is null then
        raise exception 'no team of yours that is open' using errcode = 'MT403';
    end if;
    return found_seq;
end
$$;

create or replace function meetingtool.save(p_team text, p_deed text, p_at text, p_what text, p_undoes text, p_ids text[],
    p_books text[], p_kinds text[], p_versions integer[], p_documents text[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    new_seq bigint := meetingtool.hold(p_team) + 1;
    was integer;
    is_new boolean := false;
begin
    for i in 1 .. cardinality(p_ids) loop
        continue when exists (select from meetingtool.record where team = p_team and id = p_ids[i]
            and version = p_versions[i] and document = p_documents[i])
            or exists (select from meetingtool.former where team = p_team and id = p_ids[i]
            and version = p_versions[i] and document = p_documents[i]);
        if not is_new then
            is_new := true;
            insert into meetingtool.deed (team, id, seq, at, by, what, undoes)
                values (p_team, p_deed, new_seq, p_at, session_user, p_what, p_undoes)
                on conflict (team, id) do update set seq = excluded.seq where deed.by = excluded.by;
            if not found then
                raise exception 'the deed of somebody else' using errcode = 'MT400';
            end if;
        end if;
        update meetingtool.record
            set version = p_versions[i], document = p_documents[i], book = p_books[i], kind = p_kinds[i],
                seq = new_seq, saved_at = p_at, saved_in = p_what
            where team = p_team and id = p_ids[i];
        if not found then
            insert into meetingtool.record (team, id, book, kind, version, document, seq, saved_at, saved_by, saved_in)
                values (p_team, p_ids[i], p_books[i], p_kinds[i], p_versions[i], p_documents[i], new_seq, p_at,
                    session_user, p_what);
        end if;
        insert into meetingtool.step (team, deed, id, before, after)
            values (p_team, p_deed, p_ids[i], p_versions[i] - 1, p_versions[i])
            on conflict (team, deed, id) do update set after = excluded.after;
    end loop;
    if not is_new then
        return new_seq - 1;
    end if;
    update meetingtool.team set seq = new_seq where id = p_team;
    return new_seq;
end
$$;

update meetingtool.form set version = 4;

reset role;
