-- When somebody was let in last; null until then, and for what was before this was noted.
alter table account add last_sign_in timestamptz;

-- In the order in which administrators page through accounts.
create index account_by_name on account (lower(name), id);
