-- Managers and HR read through functions alone: EXPLAIN ANALYZE counts the rows of other teams that a condition on a table
-- leaves out, and of a function only its own rows. Row security holds within them as before.

set local role meetingtool_owner;

create function meetingtool.my_team(p_team text) returns table (id text, title text, seq bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    return query select id, title, seq from meetingtool.team where id = p_team and id in (select meetingtool.my_teams());
end
$$;

create function meetingtool.records_of(p_team text) returns setof meetingtool.record
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return query select * from meetingtool.record where team = p_team;
end
$$;

create function meetingtool.documents_in(p_team text, p_book text) returns setof text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return query select document from meetingtool.record where team = p_team and book = p_book;
end
$$;

-- What was saved after the deed with that number, in the order in which it was.
create function meetingtool.records_since(p_team text, p_seq bigint) returns setof meetingtool.record
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return query select * from meetingtool.record where team = p_team and seq > p_seq order by seq;
end
$$;

create function meetingtool.sizes_of(p_team text) returns table (book text, size bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    return query select book, sum(length(document)) from meetingtool.record where team = p_team group by book;
end
$$;

-- p_id: of one record; null for all.
create function meetingtool.formers_of(p_team text, p_id text) returns setof meetingtool.former
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    if p_id is null then
        return query select * from meetingtool.former where team = p_team;
    else
        return query select * from meetingtool.former where team = p_team and id = p_id order by version;
    end if;
end
$$;

-- The last deeds, newest first, with (id, before, after) of every step; null for all.
create function meetingtool.last_deeds(p_team text, p_limit bigint) returns table (id text, at text, by text, what text,
    undoes text, steps text[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
    return query
        select deed.id, deed.at, deed.by, deed.what, deed.undoes,
            array_agg(array[step.id, step.before::text, step.after::text] order by step.id)
        from (select * from meetingtool.deed where team = p_team order by seq desc, id desc limit p_limit) deed
            left join meetingtool.step on step.team = deed.team and step.deed = deed.id
        group by deed.id, deed.at, deed.by, deed.what, deed.undoes, deed.seq
        order by deed.seq desc, deed.id desc;
end
$$;

create function meetingtool.is_kept(p_team text, p_deed text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return exists (select from meetingtool.step where team = p_team and deed = p_deed);
end
$$;

create function meetingtool.list_readings() returns setof meetingtool.reading
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return query select * from meetingtool.reading order by number desc;
end
$$;

create function meetingtool.list_forgettings() returns setof meetingtool.forgetting
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return query select * from meetingtool.forgetting order by number desc;
end
$$;

create function meetingtool.list_memberships() returns setof meetingtool.membership
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
    return query select * from meetingtool.membership order by number desc;
end
$$;
create policy teams_listed on meetingtool.membership for select to meetingtool_owner
    using (pg_has_role(session_user, 'meetingtool_teams', 'member'));

revoke all on function meetingtool.my_team(text), meetingtool.records_of(text), meetingtool.documents_in(text, text),
    meetingtool.records_since(text, bigint), meetingtool.sizes_of(text), meetingtool.formers_of(text, text),
    meetingtool.last_deeds(text, bigint), meetingtool.is_kept(text, text), meetingtool.list_readings(),
    meetingtool.list_forgettings(), meetingtool.list_memberships() from public;
grant execute on function meetingtool.my_team(text), meetingtool.records_of(text), meetingtool.documents_in(text, text),
    meetingtool.records_since(text, bigint), meetingtool.sizes_of(text), meetingtool.formers_of(text, text),
    meetingtool.last_deeds(text, bigint), meetingtool.is_kept(text, text) to meetingtool_manager;
grant execute on function meetingtool.list_readings(), meetingtool.list_forgettings()
    to meetingtool_manager, meetingtool_hr;
grant execute on function meetingtool.list_memberships() to meetingtool_manager, meetingtool_teams;

revoke select on meetingtool.team, meetingtool.member, meetingtool.record, meetingtool.former, meetingtool.deed,
    meetingtool.step, meetingtool.reading, meetingtool.forgetting, meetingtool.membership
    from meetingtool_manager, meetingtool_hr;

update meetingtool.form set version = 10;

reset role;
