CREATE TABLE "lang_nghe"."evidence_looks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"evidence_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"aim" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"sealed_words" "bytea",
	"at" timestamp with time zone NOT NULL,
	"agreed_by" uuid,
	"open_from" timestamp with time zone,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."file_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"talk_id" uuid,
	"report_id" uuid,
	"recipient" text NOT NULL,
	"sealed_identity" "bytea",
	"case_sealed_identity" "bytea"
);
--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence_parts" ADD COLUMN "copy" text DEFAULT 'original' NOT NULL;--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence_parts" DROP CONSTRAINT "evidence_parts_evidence_id_part_pk";--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence_parts" ADD CONSTRAINT "evidence_parts_evidence_id_copy_part_pk" PRIMARY KEY("evidence_id","copy","part");--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence" ADD COLUMN "key_id" uuid;--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence" ADD COLUMN "sha256" text;--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence" ADD COLUMN "metadata" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence" ADD COLUMN "quarantined" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence_looks" ADD CONSTRAINT "evidence_looks_evidence_id_evidence_id_fk" FOREIGN KEY ("evidence_id") REFERENCES "lang_nghe"."evidence"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence_looks" ADD CONSTRAINT "evidence_looks_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "lang_nghe"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence_looks" ADD CONSTRAINT "evidence_looks_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence_looks" ADD CONSTRAINT "evidence_looks_agreed_by_staff_id_fk" FOREIGN KEY ("agreed_by") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."file_keys" ADD CONSTRAINT "file_keys_talk_id_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "lang_nghe"."talks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."file_keys" ADD CONSTRAINT "file_keys_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "lang_nghe"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evidence_looks_evidence" ON "lang_nghe"."evidence_looks" USING btree ("evidence_id","at");--> statement-breakpoint
CREATE INDEX "evidence_looks_case" ON "lang_nghe"."evidence_looks" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "file_keys_talk" ON "lang_nghe"."file_keys" USING btree ("talk_id");--> statement-breakpoint
CREATE INDEX "file_keys_report" ON "lang_nghe"."file_keys" USING btree ("report_id");--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence" ADD CONSTRAINT "evidence_key_id_file_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "lang_nghe"."file_keys"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evidence_key" ON "lang_nghe"."evidence" USING btree ("key_id");