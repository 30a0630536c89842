-- Messages are found by what people know of them. What a sender writes may be longer than an entry of an index may be,
-- hence the beginnings.
create index message_by_time on message (received_at, id);
create index message_by_control_id on message (left(control_id, 200), received_at);
create index message_by_type on message (left(type, 50), received_at);
create index message_by_sender on message (left(sender, 200), received_at);
create index message_by_reason on message (state, reason, received_at) where state in ('rejected', 'failed');

-- The resources that it told of, by their references, also those that it changed nothing of.
alter table message add about text[] not null default '{}';
update message
set about = (select coalesce(array_agg(distinct split_part(key, '/_history/', 1)), '{}')
             from json_object_keys(trace::json) key)
where trace is not null;
create index message_by_resource on message using gin (about);
