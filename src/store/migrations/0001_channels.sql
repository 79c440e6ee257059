CREATE TABLE "lang_nghe"."channel_notes" (
	"name" text PRIMARY KEY NOT NULL,
	"sealed_value" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."channel_states" (
	"channel" text PRIMARY KEY NOT NULL,
	"next_send_at" timestamp with time zone,
	"alarm" text,
	"alarm_since" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."evidence" (
	"id" uuid PRIMARY KEY NOT NULL,
	"talk_id" uuid,
	"report_id" uuid,
	"channel" text NOT NULL,
	"media" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"sealed_source" "bytea",
	"type" text,
	"bytes" integer,
	"received_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."evidence_parts" (
	"evidence_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"sealed_bytes" "bytea" NOT NULL,
	CONSTRAINT "evidence_parts_evidence_id_part_pk" PRIMARY KEY("evidence_id","part")
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" uuid NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."retractions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"sealed_content" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_messages" ADD COLUMN "delivery" text;--> statement-breakpoint
ALTER TABLE "lang_nghe"."inbox" ADD COLUMN "sealed_receipt" "bytea";--> statement-breakpoint
ALTER TABLE "lang_nghe"."outbox" ADD COLUMN "urgent" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "lang_nghe"."outbox" ADD COLUMN "pieces_sent" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "lang_nghe"."outbox" ADD COLUMN "sealed_receipts" "bytea";--> statement-breakpoint
ALTER TABLE "lang_nghe"."talks" ADD COLUMN "sending_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "lang_nghe"."talks" ADD COLUMN "next_send_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence" ADD CONSTRAINT "evidence_talk_id_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "lang_nghe"."talks"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence" ADD CONSTRAINT "evidence_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "lang_nghe"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."evidence_parts" ADD CONSTRAINT "evidence_parts_evidence_id_evidence_id_fk" FOREIGN KEY ("evidence_id") REFERENCES "lang_nghe"."evidence"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evidence_talk" ON "lang_nghe"."evidence" USING btree ("talk_id");--> statement-breakpoint
CREATE INDEX "evidence_report" ON "lang_nghe"."evidence" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "evidence_waiting" ON "lang_nghe"."evidence" USING btree ("received_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "retractions_created_at" ON "lang_nghe"."retractions" USING btree ("created_at");