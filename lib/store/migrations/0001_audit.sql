-- The audit log: events are appended by this function alone, each with the hash of the one before it in its chain. It
-- runs with its owner's rights, so the role that the console works with needs none on the table but to read it; and finds
-- PostgreSQL's own functions only, for where that role may create some, they would run with the owner's rights.
create function append_audit_events(of_chain text, events jsonb) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  event jsonb;
  starter record;
  last_seq integer;
  last_hash text;
  happened timestamptz(3);
begin
  -- One writer to a chain at a time, until its transaction has ended: what was read last is then still the last.
  perform pg_advisory_xact_lock(hashtextextended(of_chain, 0));
  select seq, hash into last_seq, last_hash from public.audit_events where chain = of_chain order by seq desc limit 1;
  if not found then
    last_seq := 0;
    last_hash := repeat('0', 64);
  end if;
  select scope, started_by, started_from into starter from public.removals
    where id = case when of_chain ~ '^[0-9a-f-]{36}$' then of_chain::uuid end;
  for event in select value from jsonb_array_elements(events) loop
    last_seq := last_seq + 1;
    happened := clock_timestamp();
    insert into public.audit_events
    select of_chain, last_seq, happened, told.actor_id, told.actor_name, told.address, told.action, told.resource,
      told.tag_key, told.value_hash, told.outcome, told.request_id, told.access_key_id, told.details, last_hash,
      encode(sha256(convert_to(jsonb_build_array(of_chain, last_seq,
        to_char(happened at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), told.actor_id, told.actor_name,
        told.address, told.action, told.resource, told.tag_key, told.value_hash, told.outcome, told.request_id,
        told.access_key_id, told.details, last_hash)::text, 'UTF8')), 'hex')
    from (select
      coalesce(event #>> '{actor,id}', starter.scope) as actor_id,
      coalesce(event #>> '{actor,name}', starter.started_by) as actor_name,
      case when event ? 'actor' then event #>> '{actor,address}' else starter.started_from end as address,
      event ->> 'action' as action, event ->> 'resource' as resource, event ->> 'tagKey' as tag_key,
      event ->> 'valueHash' as value_hash, event ->> 'outcome' as outcome, event ->> 'requestId' as request_id,
      event ->> 'accessKeyId' as access_key_id, (event -> 'details')::text as details) told
    returning hash into last_hash;
  end loop;
  return last_seq;
end $$;
--> statement-breakpoint
revoke execute on function append_audit_events from public;
--> statement-breakpoint
-- Stops even the owner of the table, who would have to disable this first.
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end $$;
--> statement-breakpoint
create trigger audit_events_append_only before update or delete or truncate on audit_events
for each statement execute function refuse_audit_change();
