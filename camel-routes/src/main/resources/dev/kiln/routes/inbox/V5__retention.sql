-- What is finished is found by its age, to be deleted when it has been kept for long enough.
create index message_finished on message (state, finished_at) where state <> 'received';
