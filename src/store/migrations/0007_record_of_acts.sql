-- By hand: the new columns of case_events take NOT NULL and their unique index in the next migration, once they are filled.
CREATE TABLE "lang_nghe"."audit_anchors" (
	"position" integer PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"last_event_id" bigint NOT NULL,
	"events" integer NOT NULL,
	"events_digest" "bytea" NOT NULL,
	"last_act" integer NOT NULL,
	"acts_head" "bytea" NOT NULL,
	"previous_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."audit_events" (
	"position" integer PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"staff_id" uuid,
	"subject" text,
	"at" timestamp with time zone NOT NULL,
	"detail" jsonb,
	"previous_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."case_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"sealed_content" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."referrals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"from_agency" text NOT NULL,
	"to_agency" text NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"ground" text,
	"consent" text,
	"sealed_words" "bytea",
	"sealed_override" "bytea",
	"offered_by" uuid NOT NULL,
	"offered_at" timestamp with time zone NOT NULL,
	"answered_by" uuid,
	"answered_at" timestamp with time zone,
	"answer_reason" text
);
--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_events" DROP CONSTRAINT "case_events_case_id_cases_id_fk";
--> statement-breakpoint
DROP INDEX "lang_nghe"."case_events_case";--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_events" ADD COLUMN "position" integer;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_events" ADD COLUMN "detail" jsonb;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_events" ADD COLUMN "previous_hash" "bytea";--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_events" ADD COLUMN "hash" "bytea";--> statement-breakpoint
ALTER TABLE "lang_nghe"."audit_events" ADD CONSTRAINT "audit_events_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_notes" ADD CONSTRAINT "case_notes_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "lang_nghe"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_notes" ADD CONSTRAINT "case_notes_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."referrals" ADD CONSTRAINT "referrals_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "lang_nghe"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."referrals" ADD CONSTRAINT "referrals_offered_by_staff_id_fk" FOREIGN KEY ("offered_by") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."referrals" ADD CONSTRAINT "referrals_answered_by_staff_id_fk" FOREIGN KEY ("answered_by") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_subject" ON "lang_nghe"."audit_events" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "case_notes_case" ON "lang_nghe"."case_notes" USING btree ("case_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "referrals_offered" ON "lang_nghe"."referrals" USING btree ("case_id","to_agency") WHERE state = 'offered';--> statement-breakpoint
CREATE INDEX "referrals_to" ON "lang_nghe"."referrals" USING btree ("to_agency","state");--> statement-breakpoint
CREATE INDEX "referrals_case" ON "lang_nghe"."referrals" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "case_events_at" ON "lang_nghe"."case_events" USING btree ("at");