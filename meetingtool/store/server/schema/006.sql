-- HR deletes finals with a line that HR and the teams see, and for no day to come. Each final that is filed is noted apart,
-- with a digest of its bytes, so that `meetingtool finals verify` names one that is gone without such a line.

set local role meetingtool_owner;

-- Which finals are filed. sum: SHA-256 of the content, byte for byte.
create table meetingtool.filed (
    team text not null,
    evaluation text not null,
    edition integer not null,
    sum text not null,
    primary key (team, evaluation, edition)
);

-- Who of the HR office deleted how many finals of a team, of periods that ended before a day.
create table meetingtool.forgetting (
    number bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    login name not null default session_user,
    team text not null,
    before date not null,
    finals integer not null
);

alter table meetingtool.final no force row level security;
insert into meetingtool.filed (team, evaluation, edition, sum)
    select team, evaluation, edition, encode(sha256(convert_to(content, 'UTF8')), 'hex') from meetingtool.final;
alter table meetingtool.final force row level security;

alter table meetingtool.filed enable row level security;
alter table meetingtool.filed force row level security;
alter table meetingtool.forgetting enable row level security;
alter table meetingtool.forgetting force row level security;

create policy own_teams_new on meetingtool.filed for insert to meetingtool_owner
    with check (team in (select meetingtool.my_teams()));
create policy office on meetingtool.filed for select using (meetingtool.is_hr());
create policy office_retention on meetingtool.filed for delete to meetingtool_owner using (meetingtool.is_hr());
create policy own_teams on meetingtool.forgetting for select using (team in (select meetingtool.my_teams()));
create policy office on meetingtool.forgetting for select using (meetingtool.is_hr());
create policy office_new on meetingtool.forgetting for insert to meetingtool_owner
    with check (meetingtool.is_hr() and login = session_user);

revoke all on meetingtool.filed, meetingtool.forgetting from public;
grant select on meetingtool.filed to meetingtool_hr;
grant select on meetingtool.forgetting to meetingtool_manager, meetingtool_hr;

create function meetingtool.note_filed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into meetingtool.filed (team, evaluation, edition, sum)
        values (new.team, new.evaluation, new.edition, encode(sha256(convert_to(new.content, 'UTF8')), 'hex'))
        on conflict do nothing;
    return null;
end
$$;
revoke all on function meetingtool.note_filed() from public;
create trigger note_filed after insert on meetingtool.final
    for each row execute function meetingtool.note_filed();

-- As in the first form, and noted. Tomorrow is a day that has begun somewhere.
create or replace function meetingtool.forget_finals(p_before date) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    gone bigint;
begin
    if not meetingtool.is_hr() then
        raise exception 'for the HR office' using errcode = 'MT403';
    end if;
    if p_before is null or p_before > current_date + 1 then
        raise exception 'a day to come' using errcode = 'MT411';
    end if;
    with deleted as (
        delete from meetingtool.final where until < p_before returning team, evaluation, edition
    ), unlisted as (
        delete from meetingtool.filed using deleted where filed.team = deleted.team
            and filed.evaluation = deleted.evaluation and filed.edition = deleted.edition
    ), noted as (
        insert into meetingtool.forgetting (team, before, finals)
            select team, p_before, count(*) from deleted group by team
    )
    select count(*) into gone from deleted;
    return gone;
end
$$;

update meetingtool.form set version = 6;

reset role;
