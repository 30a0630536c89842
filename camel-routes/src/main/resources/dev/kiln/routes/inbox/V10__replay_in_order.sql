-- A replay gives a message a new place behind what waits; where it first stood, in which several are replayed, stays here.
-- Null where it has never been replayed, and stands there still.
alter table message add arrival bigint;

-- What came by one way lately.
create index message_by_source on message (source, received_at);

-- Where a message first stood, replayed or not.
create index message_by_arrival on message (coalesce(arrival, seq));
