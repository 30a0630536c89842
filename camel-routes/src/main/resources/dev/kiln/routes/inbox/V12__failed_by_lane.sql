-- Dead letters of a patient are found by the lanes that the patient's applied messages were in. Those that wait need
-- no such index, which every message would pay for: they are few.
create index message_failed_by_lane on message using gin (lanes) where state = 'failed';
