-- meetingtool on PostgreSQL: what is kept, and who may see and do what.
--
-- Three roles that can't log in:
--   meetingtool_owner    owns everything below; whoever is a member of it looks after teams and members
--   meetingtool_manager  for managers and their deputies: read their own teams, write through functions alone
--   meetingtool_hr       for the HR office: the finals, and nothing else
-- Every policy rests on session_user, the role that logged in: no SET and no SET ROLE changes it.

do $$
begin
    if not exists (select from pg_roles where rolname = 'meetingtool_owner') then
        create role meetingtool_owner nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'meetingtool_manager') then
        create role meetingtool_manager nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'meetingtool_hr') then
        create role meetingtool_hr nologin;
    end if;
    -- A role that may create roles is no superuser: it works in the owner's name as a member.
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant meetingtool_owner to %I', current_user);
    end if;
end
$$;

create schema meetingtool authorization meetingtool_owner;
revoke all on schema meetingtool from public;
grant usage on schema meetingtool to meetingtool_manager, meetingtool_hr;

set local role meetingtool_owner;

-- What is kept ------------------------------------------------------------------------------------------------------

-- The form of this schema; one row.
create table meetingtool.form (
    version integer not null
);

-- seq counts the deeds of a team: whoever has seen number n asks for what came after it.
create table meetingtool.team (
    id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    title text not null,
    seq bigint not null default 0,
    made_at timestamptz not null default now(),
    closed_at timestamptz
);

-- Who manages a team: for good, or until a moment, as a deputy does.
create table meetingtool.member (
    team text not null references meetingtool.team,
    login name not null,
    since timestamptz not null default now(),
    until timestamptz,
    primary key (team, login)
);

-- The records of a team as they are now. document: JSON, kept as it was sent.
create table meetingtool.record (
    team text not null references meetingtool.team,
    id text not null check (id ~ '^[0-7][0-9A-HJKMNP-TV-Z]{25}$'),
    book text not null check (book ~ '^(team|(surveys-|names-)?[0-9]{4})$'),
    kind text not null,
    version integer not null,
    document text not null,
    seq bigint not null,
    saved_at text not null,
    saved_by name not null,
    saved_in text not null,
    primary key (team, id)
);
create index record_by_seq on meetingtool.record (team, seq);
create index record_by_book on meetingtool.record (team, book);

-- What a record was before it was changed, and by whom, when and in what deed it was.
create table meetingtool.former (
    team text not null references meetingtool.team,
    id text not null,
    version integer not null,
    document text not null,
    replaced_at text not null,
    replaced_by text not null,
    deed text not null,
    primary key (team, id, version)
);

-- What was done, and which records it took from which version to which.
create table meetingtool.deed (
    team text not null references meetingtool.team,
    id text not null,
    seq bigint not null,
    at text not null,
    by text not null,
    what text not null,
    undoes text,
    primary key (team, id)
);
create index deed_by_seq on meetingtool.deed (team, seq);
create table meetingtool.step (
    team text not null,
    deed text not null,
    id text not null,
    before integer not null,
    after integer not null,
    primary key (team, deed, id),
    foreign key (team, deed) references meetingtool.deed
);

-- The final evaluations, copied out of the records when they become final. No team is referred to: they outlive it.
create table meetingtool.final (
    team text not null,
    evaluation text not null,
    edition integer not null,
    person text not null,
    number text not null,
    name text not null,
    period text not null,
    since date not null check (since between '0001-01-01' and '9999-12-31'),
    until date not null check (until between '0001-01-01' and '9999-12-31'),
    digest text not null,
    finalised_at text not null,
    finalised_by text not null,
    content text not null,
    filed_at timestamptz not null default now(),
    filed_by name not null default session_user,
    reopened_at text,
    reason text not null default '',
    primary key (team, evaluation, edition)
);

-- Who of the HR office opened which final, and when.
create table meetingtool.reading (
    number bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    login name not null default session_user,
    team text not null,
    evaluation text not null,
    edition integer not null
);

-- Who is who --------------------------------------------------------------------------------------------------------

create function meetingtool.my_teams() returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select team from meetingtool.member where login = session_user and (until is null or until > now())
$$;

create function meetingtool.is_hr() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select pg_has_role(session_user, 'meetingtool_hr', 'member')
$$;

create function meetingtool.is_administrator() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select pg_has_role(session_user, 'meetingtool_owner', 'member')
$$;

-- Who sees and writes which rows: force holds the owner to it too, in whose name the functions below work -----------

alter table meetingtool.form enable row level security;
alter table meetingtool.form force row level security;
alter table meetingtool.team enable row level security;
alter table meetingtool.team force row level security;
alter table meetingtool.member enable row level security;
alter table meetingtool.member force row level security;
alter table meetingtool.record enable row level security;
alter table meetingtool.record force row level security;
alter table meetingtool.former enable row level security;
alter table meetingtool.former force row level security;
alter table meetingtool.deed enable row level security;
alter table meetingtool.deed force row level security;
alter table meetingtool.step enable row level security;
alter table meetingtool.step force row level security;
alter table meetingtool.final enable row level security;
alter table meetingtool.final force row level security;
alter table meetingtool.reading enable row level security;
alter table meetingtool.reading force row level security;

create policy everybody on meetingtool.form for select using (true);
create policy administrators on meetingtool.form to meetingtool_owner
    using (meetingtool.is_administrator()) with check (meetingtool.is_administrator());

create policy own_teams on meetingtool.team for select using (id in (select meetingtool.my_teams()));
create policy own_teams_count on meetingtool.team for update to meetingtool_owner
    using (id in (select meetingtool.my_teams())) with check (id in (select meetingtool.my_teams()));
create policy administrators on meetingtool.team to meetingtool_owner
    using (meetingtool.is_administrator()) with check (meetingtool.is_administrator());

create policy oneself on meetingtool.member for select using (login = session_user);
create policy administrators on meetingtool.member to meetingtool_owner
    using (meetingtool.is_administrator()) with check (meetingtool.is_administrator());

create policy own_teams on meetingtool.record for select using (team in (select meetingtool.my_teams()));
create policy own_teams_new on meetingtool.record for insert to meetingtool_owner
    with check (team in (select meetingtool.my_teams()));
create policy own_teams_changed on meetingtool.record for update to meetingtool_owner
    using (team in (select meetingtool.my_teams())) with check (team in (select meetingtool.my_teams()));

create policy own_teams on meetingtool.former for select using (team in (select meetingtool.my_teams()));
create policy own_teams_new on meetingtool.former for insert to meetingtool_owner
    with check (team in (select meetingtool.my_teams()));
create policy own_teams_gone on meetingtool.former for delete to meetingtool_owner
    using (team in (select meetingtool.my_teams()));

create policy own_teams on meetingtool.deed for select using (team in (select meetingtool.my_teams()));
create policy own_teams_new on meetingtool.deed for insert to meetingtool_owner
    with check (team in (select meetingtool.my_teams()));
create policy own_teams_changed on meetingtool.deed for update to meetingtool_owner
    using (team in (select meetingtool.my_teams())) with check (team in (select meetingtool.my_teams()));

create policy own_teams on meetingtool.step for select using (team in (select meetingtool.my_teams()));
create policy own_teams_new on meetingtool.step for insert to meetingtool_owner
    with check (team in (select meetingtool.my_teams()));
create policy own_teams_changed on meetingtool.step for update to meetingtool_owner
    using (team in (select meetingtool.my_teams())) with check (team in (select meetingtool.my_teams()));

create policy own_teams on meetingtool.final for select using (team in (select meetingtool.my_teams()));
create policy own_teams_new on meetingtool.final for insert to meetingtool_owner
    with check (team in (select meetingtool.my_teams()));
create policy own_teams_reopened on meetingtool.final for update to meetingtool_owner
    using (team in (select meetingtool.my_teams())) with check (team in (select meetingtool.my_teams()));
create policy office on meetingtool.final for select using (meetingtool.is_hr());
create policy office_retention on meetingtool.final for delete to meetingtool_owner using (meetingtool.is_hr());

create policy own_teams on meetingtool.reading for select using (team in (select meetingtool.my_teams()));
create policy own_readings on meetingtool.reading for select using (login = session_user);
create policy office_new on meetingtool.reading for insert to meetingtool_owner
    with check (meetingtool.is_hr() and login = session_user);

-- What holds for every change of a record ---------------------------------------------------------------------------

-- A record begins with version 1 and goes on one by one; what it was is kept; who changed it is whoever logged in.
-- Only before a team's first deed may records come in with the versions they have elsewhere.
create function meetingtool.check_version() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    -- Without NULs, which PostgreSQL takes out of no document.
    said json := replace(replace(new.document, '\\', ''), '\u0000', '')::json;
    old_day text;
    later_day text;
begin
    if said ->> 'id' is distinct from new.id or said ->> 'type' is distinct from new.kind
       or coalesce((said ->> 'version')::integer, 1) <> new.version then
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
create trigger check_version before insert or update on meetingtool.record
    for each row execute function meetingtool.check_version();

-- Every edition that became final is filed, once; whatever becomes of the record, it stays as it was filed.
create function meetingtool.file_finals() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    one record;
    content json;
begin
    for one in
        select value as final, ordinality::integer as edition
        from json_array_elements(coalesce(new.document::json -> 'finals', '[]')) with ordinality
    loop
        content := one.final -> 'content';
        if json_typeof(content) is distinct from 'object' then
            raise exception 'a final without content' using errcode = 'MT400';
        end if;
        insert into meetingtool.final (team, evaluation, edition, person, number, name, period, since, until, digest,
                finalised_at, finalised_by, content, reopened_at, reason)
            values (new.team, new.id, one.edition, new.document::json ->> 'person',
                coalesce(content -> 'person' ->> 'number', ''), coalesce(content -> 'person' ->> 'name', ''),
                coalesce(content -> 'period' ->> 'label', ''), (new.document::json ->> 'since')::date,
                (new.document::json ->> 'until')::date, one.final ->> 'digest', one.final ->> 'finalised_at',
                one.final ->> 'finalised_by', content::text, one.final ->> 'reopened_at',
                coalesce(one.final ->> 'reason', ''))
            on conflict (team, evaluation, edition) do nothing;
        update meetingtool.final
            set reopened_at = one.final ->> 'reopened_at', reason = coalesce(one.final ->> 'reason', '')
            where team = new.team and evaluation = new.id and edition = one.edition
                and reopened_at is null and one.final ->> 'reopened_at' is not null;
    end loop;
    return null;
end
$$;
create trigger file_finals after insert or update on meetingtool.record
    for each row when (new.kind = 'evaluation') execute function meetingtool.file_finals();

-- Nothing of a final changes but that it was reopened, once.
create function meetingtool.check_final() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if old.reopened_at is not null
       or (to_jsonb(new) - 'reopened_at' - 'reason') is distinct from (to_jsonb(old) - 'reopened_at' - 'reason') then
        raise exception 'a final stays as it is' using errcode = 'MT403';
    end if;
    return new;
end
$$;
create trigger check_final before update on meetingtool.final
    for each row execute function meetingtool.check_final();

-- What managers do: all writing goes through these ------------------------------------------------------------------

-- Hold the team for a deed that reads before it writes; its number of now. To be called inside a transaction.
create function meetingtool.hold(p_team text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    found_seq bigint;
begin
    select seq into found_seq from meetingtool.team
        where id = p_team and closed_at is null and id in (select meetingtool.my_teams()) for update;
    if found_seq is null then
        raise exception 'no team of yours that is open' using errcode = 'MT403';
    end if;
    return found_seq;
end
$$;

-- Save the records of one deed, all or none, and note the deed; the team's number after it. What is there already just
-- as it is sent, or was and has been changed since, is left, so that sending twice is harmless.
create function meetingtool.save(p_team text, p_deed text, p_at text, p_what text, p_undoes text, p_ids text[],
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
                on conflict (team, id) do update set seq = excluded.seq;
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

-- Delete every former version of these records, for somebody who is to be forgotten; how many went.
create function meetingtool.purge(p_team text, p_ids text[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    gone bigint;
begin
    perform meetingtool.hold(p_team);
    delete from meetingtool.former where team = p_team and id = any (p_ids);
    get diagnostics gone = row_count;
    return gone;
end
$$;

-- Take in what was kept elsewhere, before the team's first deed here. The last call says that it is all.
create function meetingtool.take_in(p_team text, p_table text, p_rows json, p_last boolean) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    taken bigint := 0;
begin
    if meetingtool.hold(p_team) <> 0 then
        raise exception 'the team has records already' using errcode = 'MT410';
    end if;
    if p_table = 'record' then
        insert into meetingtool.record (team, id, book, kind, version, document, seq, saved_at, saved_by, saved_in)
            select p_team, id, book, kind, version, document, 1, saved_at, session_user, saved_in
            from json_to_recordset(p_rows) as each(id text, book text, kind text, version integer, document text,
                saved_at text, saved_in text);
        get diagnostics taken = row_count;
    elsif p_table = 'former' then
        insert into meetingtool.former (team, id, version, document, replaced_at, replaced_by, deed)
            select p_team, id, version, document, replaced_at, replaced_by, deed
            from json_to_recordset(p_rows) as each(id text, version integer, document text, replaced_at text,
                replaced_by text, deed text);
        get diagnostics taken = row_count;
    elsif p_table = 'deed' then
        insert into meetingtool.deed (team, id, seq, at, by, what, undoes)
            select p_team, id, 1, at, by, what, undoes
            from json_to_recordset(p_rows) as each(id text, at text, by text, what text, undoes text);
        get diagnostics taken = row_count;
        insert into meetingtool.step (team, deed, id, before, after)
            select p_team, each.id, step.id, step.before, step.after
            from json_to_recordset(p_rows) as each(id text, changes json),
                json_to_recordset(each.changes) as step(id text, before integer, after integer);
    end if;
    if p_last then
        update meetingtool.team set seq = 1 where id = p_team;
    end if;
    return taken;
end
$$;

-- What the HR office does ------------------------------------------------------------------------------------------

-- The content of one final; that it was opened, and by whom, is written down.
create function meetingtool.open_final(p_team text, p_evaluation text, p_edition integer) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    found_content text;
begin
    if not meetingtool.is_hr() then
        raise exception 'for the HR office' using errcode = 'MT403';
    end if;
    select content into found_content from meetingtool.final
        where team = p_team and evaluation = p_evaluation and edition = p_edition;
    if found_content is not null then
        insert into meetingtool.reading (team, evaluation, edition) values (p_team, p_evaluation, p_edition);
    end if;
    return found_content;
end
$$;

-- Delete the finals of periods that ended before a day; how many went.
create function meetingtool.forget_finals(p_before date) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    gone bigint;
begin
    if not meetingtool.is_hr() then
        raise exception 'for the HR office' using errcode = 'MT403';
    end if;
    delete from meetingtool.final where until < p_before;
    get diagnostics gone = row_count;
    return gone;
end
$$;

-- Who may do what ---------------------------------------------------------------------------------------------------

revoke all on all functions in schema meetingtool from public;
revoke all on all tables in schema meetingtool from public;
grant select on meetingtool.form to meetingtool_manager, meetingtool_hr;
grant select on meetingtool.team, meetingtool.member, meetingtool.record, meetingtool.former, meetingtool.deed,
    meetingtool.step, meetingtool.reading to meetingtool_manager;
-- Without the content for both: somebody of the HR office may manage a team, too, and opens finals as all others do.
grant select (team, evaluation, edition, person, number, name, period, since, until, digest, finalised_at, finalised_by,
    filed_at, filed_by, reopened_at, reason) on meetingtool.final to meetingtool_manager, meetingtool_hr;
grant select on meetingtool.reading to meetingtool_hr;
grant execute on function meetingtool.my_teams(), meetingtool.is_hr(), meetingtool.is_administrator()
    to meetingtool_manager, meetingtool_hr;
grant execute on function meetingtool.hold(text),
    meetingtool.save(text, text, text, text, text, text[], text[], text[], integer[], text[]),
    meetingtool.purge(text, text[]), meetingtool.take_in(text, text, json, boolean) to meetingtool_manager;
grant execute on function meetingtool.open_final(text, text, integer), meetingtool.forget_finals(date)
    to meetingtool_hr;

insert into meetingtool.form (version) values (1);

reset role;
