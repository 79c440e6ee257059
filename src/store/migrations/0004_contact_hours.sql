CREATE TABLE "lang_nghe"."deferred_replies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"talk_id" uuid NOT NULL,
	"reply_id" uuid NOT NULL,
	"in_full" boolean NOT NULL,
	"sealed_content" "bytea" NOT NULL,
	"send_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."second_codes" (
	"mailbox_id" uuid PRIMARY KEY NOT NULL,
	"code_lookup" "bytea" NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "second_codes_code_lookup_unique" UNIQUE("code_lookup")
);
--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_messages" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "lang_nghe"."cases" ADD COLUMN "under_pressure_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "lang_nghe"."cases" ADD COLUMN "reporter_left_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "lang_nghe"."mailboxes" ADD COLUMN "hours" text;--> statement-breakpoint
ALTER TABLE "lang_nghe"."deferred_replies" ADD CONSTRAINT "deferred_replies_talk_id_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "lang_nghe"."talks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."deferred_replies" ADD CONSTRAINT "deferred_replies_reply_id_case_messages_id_fk" FOREIGN KEY ("reply_id") REFERENCES "lang_nghe"."case_messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."second_codes" ADD CONSTRAINT "second_codes_mailbox_id_mailboxes_id_fk" FOREIGN KEY ("mailbox_id") REFERENCES "lang_nghe"."mailboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deferred_replies_talk" ON "lang_nghe"."deferred_replies" USING btree ("talk_id");--> statement-breakpoint
CREATE INDEX "deferred_replies_send_at" ON "lang_nghe"."deferred_replies" USING btree ("send_at");