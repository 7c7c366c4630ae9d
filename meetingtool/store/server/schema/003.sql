-- A final is opened in two steps, so that nobody of the HR office reads one and takes back that it was read: the reading
-- is noted and committed, and the content comes for a reading that is. Every final bears a seal over what the list says of
-- it, which `meetingtool finals verify` makes again. A deputy's time ends at its moment, in an open transaction too.

do $$
begin
    if current_setting('server_encoding') <> 'UTF8' then
        raise exception 'the database has the encoding %; meetingtool needs UTF8', current_setting('server_encoding');
    end if;
end
$$;

set local role meetingtool_owner;

-- Readings ----------------------------------------------------------------------------------------------------------

-- noted_in: the transaction. at and noted_in are the server's, whatever was asked.
alter table meetingtool.reading add column noted_in xid8 not null default pg_current_xact_id();

drop function meetingtool.open_final(text, text, integer);

-- Note that this login reads a final; the number of the reading, null where there is no such final.
create function meetingtool.note_reading(p_team text, p_evaluation text, p_edition integer) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    noted bigint;
begin
    if not meetingtool.is_hr() then
        raise exception 'for the HR office' using errcode = 'MT403';
    end if;
    insert into meetingtool.reading (team, evaluation, edition)
        select team, evaluation, edition from meetingtool.final
        where team = p_team and evaluation = p_evaluation and edition = p_edition
        returning number into noted;
    return noted;
end
$$;

-- The content of the final of a reading: of this login, of a transaction before this one, and of the last minute. What
-- other transactions wrote is seen once they are committed, so that nothing takes such a reading back.
create function meetingtool.open_final(p_reading bigint) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    found_content text;
begin
    if not meetingtool.is_hr() then
        raise exception 'for the HR office' using errcode = 'MT403';
    end if;
    select content into found_content
        from meetingtool.reading join meetingtool.final using (team, evaluation, edition)
        where reading.number = p_reading and login = session_user and noted_in <> pg_current_xact_id()
            and at > clock_timestamp() - interval '1 minute';
    return found_content;
end
$$;

revoke all on function meetingtool.note_reading(text, text, integer), meetingtool.open_final(bigint) from public;
grant execute on function meetingtool.note_reading(text, text, integer), meetingtool.open_final(bigint)
    to meetingtool_hr;

-- Seals -------------------------------------------------------------------------------------------------------------

alter table meetingtool.final add column seal text not null default '';

-- SHA-256 over the SHA-256, in hexadecimal digits, of each thing that stays in the list of finals.
create function meetingtool.seal_of(p_final meetingtool.final) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
    select encode(sha256(convert_to(string_agg(encode(sha256(convert_to(said, 'UTF8')), 'hex'), '' order by place),
        'UTF8')), 'hex')
    from unnest(array[p_final.team, p_final.evaluation, p_final.edition::text, p_final.person, p_final.number,
        p_final.name, p_final.period, to_char(p_final.since, 'YYYY-MM-DD'), to_char(p_final.until, 'YYYY-MM-DD'),
        p_final.digest, p_final.finalised_at, p_final.finalised_by, p_final.filed_by::text,
        to_char(p_final.filed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')]) with ordinality as each(said, place)
$$;
revoke all on function meetingtool.seal_of(meetingtool.final) from public;

create function meetingtool.seal_final() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    new.seal := meetingtool.seal_of(new);
    return new;
end
$$;
revoke all on function meetingtool.seal_final() from public;
create trigger seal_final before insert on meetingtool.final
    for each row execute function meetingtool.seal_final();

-- Those that were filed before there were seals.
alter table meetingtool.final no force row level security;
alter table meetingtool.final disable trigger check_final;
update meetingtool.final set seal = meetingtool.seal_of(final);
alter table meetingtool.final enable trigger check_final;
alter table meetingtool.final force row level security;

grant select (seal) on meetingtool.final to meetingtool_manager, meetingtool_hr;

-- Teams -------------------------------------------------------------------------------------------------------------

create or replace function meetingtool.my_teams() returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select team from meetingtool.member
        where login = session_user and (until is null or until > clock_timestamp())
$$;

update meetingtool.form set version = 3;

reset role;
