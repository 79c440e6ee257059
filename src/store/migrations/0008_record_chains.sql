-- A long record takes longer than a statement of the service may (about a minute for a million events).
SET LOCAL statement_timeout = 0;--> statement-breakpoint
-- Events that were there before join their chains: the same canonical JSON as src/store/case-events.ts (eventContent),
-- SHA-256 over the hash before and it.
DO $$
DECLARE
	event record;
	of_case uuid;
	place integer;
	before bytea;
	own bytea;
BEGIN
	FOR event IN SELECT * FROM lang_nghe.case_events ORDER BY case_id, id LOOP
		IF of_case IS DISTINCT FROM event.case_id THEN
			of_case := event.case_id;
			place := 0;
			before := decode(repeat('00', 32), 'hex');
		END IF;
		place := place + 1;
		own := sha256(before || convert_to(
			'{"at":"' || to_char(date_trunc('milliseconds', event.at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
			|| '","case":"' || event.case_id || '","detail":null,"kind":"' || event.kind || '","position":' || place
			|| ',"staff":' || coalesce('"' || event.staff_id || '"', 'null') || '}', 'UTF8'));
		UPDATE lang_nghe.case_events SET position = place, previous_hash = before, hash = own WHERE id = event.id;
		before := own;
	END LOOP;
END $$;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_events" ALTER COLUMN "position" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_events" ALTER COLUMN "previous_hash" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_events" ALTER COLUMN "hash" SET NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "case_events_position" ON "lang_nghe"."case_events" USING btree ("case_id","position");--> statement-breakpoint
-- The record is append-only. The one exception is retention, which says so for its transaction and may only empty an
-- event of a case: place and hashes must stay.
CREATE FUNCTION lang_nghe.keep_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'case_events' AND current_setting('lang_nghe.retention', true) = 'on' THEN
		IF new.kind = 'removed' AND new.staff_id IS NULL AND new.detail IS NULL AND new.id = old.id
			AND new.case_id = old.case_id AND new.position = old.position
			AND new.previous_hash = old.previous_hash AND new.hash = old.hash THEN
			RETURN new;
		END IF;
	END IF;
	RAISE EXCEPTION 'The record (%) is append-only.', TG_TABLE_NAME;
END $$;--> statement-breakpoint
CREATE TRIGGER keep_record BEFORE UPDATE OR DELETE ON "lang_nghe"."case_events" FOR EACH ROW EXECUTE FUNCTION lang_nghe.keep_record();--> statement-breakpoint
CREATE TRIGGER keep_record_whole BEFORE TRUNCATE ON "lang_nghe"."case_events" FOR EACH STATEMENT EXECUTE FUNCTION lang_nghe.keep_record();--> statement-breakpoint
CREATE TRIGGER keep_record BEFORE UPDATE OR DELETE ON "lang_nghe"."audit_events" FOR EACH ROW EXECUTE FUNCTION lang_nghe.keep_record();--> statement-breakpoint
CREATE TRIGGER keep_record_whole BEFORE TRUNCATE ON "lang_nghe"."audit_events" FOR EACH STATEMENT EXECUTE FUNCTION lang_nghe.keep_record();--> statement-breakpoint
CREATE TRIGGER keep_record BEFORE UPDATE OR DELETE ON "lang_nghe"."audit_anchors" FOR EACH ROW EXECUTE FUNCTION lang_nghe.keep_record();--> statement-breakpoint
CREATE TRIGGER keep_record_whole BEFORE TRUNCATE ON "lang_nghe"."audit_anchors" FOR EACH STATEMENT EXECUTE FUNCTION lang_nghe.keep_record();
