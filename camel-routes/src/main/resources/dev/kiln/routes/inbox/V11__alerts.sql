-- Since when a message waits in this run, and since when it has been tried in vain.
alter table message
  add waits_since  timestamptz not null default now(),
  add faulty_since timestamptz;
update message set waits_since = received_at where state = 'received';

-- What is amiss and has been told of, so that a restart does not tell it again.
create table alert (
  kind         text        not null,
  listener     text        not null,
  sender       text        not null,
  reason       text        not null,
  count        bigint      not null,
  since        timestamptz not null,
  urgency      integer     not null,
  told_at      timestamptz not null,
  told_count   bigint      not null,
  told_urgency integer     not null,
  primary key (kind, listener, sender, reason)
);

-- What is still to be delivered.
create table alert_notice (
  id      uuid        not null,
  way     text        not null,
  content text        not null,
  made_at timestamptz not null,
  tries   integer     not null,
  next_at timestamptz not null,
  primary key (id, way)
);
