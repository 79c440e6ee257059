CREATE SCHEMA "lang_nghe";
--> statement-breakpoint
CREATE SEQUENCE "lang_nghe"."case_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "lang_nghe"."case_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "lang_nghe"."case_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"staff_id" uuid,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."case_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"report_id" uuid NOT NULL,
	"from" text NOT NULL,
	"staff_id" uuid,
	"sealed_content" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"report_id" uuid NOT NULL,
	"agency_id" text NOT NULL,
	"basis" text NOT NULL,
	"category" text NOT NULL,
	"urgency" text NOT NULL,
	"place_code" text,
	"state" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"accept_by" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"taken_by" uuid,
	"closed_at" timestamp with time zone,
	"outcome" text,
	"unread" integer DEFAULT 0 NOT NULL,
	"last_message_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."inbox" (
	"talk_id" uuid NOT NULL,
	"message_id" text NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	CONSTRAINT "inbox_talk_id_message_id_pk" PRIMARY KEY("talk_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."invitations" (
	"staff_id" uuid PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."mailboxes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"report_id" uuid NOT NULL,
	"code_lookup" "bytea" NOT NULL,
	"wish" text NOT NULL,
	"talk_id" uuid,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"talk_id" uuid NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "lang_nghe"."outbox_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"caused_by" text,
	"reply_id" uuid,
	"state" text NOT NULL,
	"sealed_content" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"category" text NOT NULL,
	"urgency" text NOT NULL,
	"place_code" text,
	"accused_office" text,
	"sealed_content" "bytea" NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."secrets" (
	"name" text PRIMARY KEY NOT NULL,
	"sealed_value" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."staff" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sign_in_name" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"agency_id" text,
	"passphrase_hash" text,
	"disabled" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."staff_sessions" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"csrf_token" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."talks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"contact" "bytea" NOT NULL,
	"sealed_address" "bytea",
	"sealed_state" "bytea",
	"last_heard" timestamp with time zone NOT NULL,
	"guesses" integer DEFAULT 0 NOT NULL,
	"guesses_since" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_events" ADD CONSTRAINT "case_events_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "lang_nghe"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_events" ADD CONSTRAINT "case_events_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_messages" ADD CONSTRAINT "case_messages_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "lang_nghe"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_messages" ADD CONSTRAINT "case_messages_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."cases" ADD CONSTRAINT "cases_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "lang_nghe"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."cases" ADD CONSTRAINT "cases_taken_by_staff_id_fk" FOREIGN KEY ("taken_by") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."inbox" ADD CONSTRAINT "inbox_talk_id_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "lang_nghe"."talks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."invitations" ADD CONSTRAINT "invitations_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."mailboxes" ADD CONSTRAINT "mailboxes_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "lang_nghe"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."mailboxes" ADD CONSTRAINT "mailboxes_talk_id_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "lang_nghe"."talks"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."outbox" ADD CONSTRAINT "outbox_talk_id_talks_id_fk" FOREIGN KEY ("talk_id") REFERENCES "lang_nghe"."talks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."staff_sessions" ADD CONSTRAINT "staff_sessions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_events_case" ON "lang_nghe"."case_events" USING btree ("case_id","id");--> statement-breakpoint
CREATE INDEX "case_messages_report" ON "lang_nghe"."case_messages" USING btree ("report_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_number" ON "lang_nghe"."cases" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_report" ON "lang_nghe"."cases" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "cases_queue" ON "lang_nghe"."cases" USING btree ("agency_id","urgency" DESC NULLS LAST,"accept_by","id") WHERE state <> 'closed';--> statement-breakpoint
CREATE INDEX "cases_closed" ON "lang_nghe"."cases" USING btree ("agency_id","closed_at" DESC NULLS LAST) WHERE state = 'closed';--> statement-breakpoint
CREATE INDEX "inbox_taken_at" ON "lang_nghe"."inbox" USING btree ("taken_at");--> statement-breakpoint
CREATE UNIQUE INDEX "mailboxes_code" ON "lang_nghe"."mailboxes" USING btree ("code_lookup");--> statement-breakpoint
CREATE INDEX "mailboxes_report" ON "lang_nghe"."mailboxes" USING btree ("report_id");--> statement-breakpoint
CREATE INDEX "mailboxes_talk" ON "lang_nghe"."mailboxes" USING btree ("talk_id");--> statement-breakpoint
CREATE INDEX "outbox_talk" ON "lang_nghe"."outbox" USING btree ("talk_id","seq");--> statement-breakpoint
CREATE INDEX "outbox_pending" ON "lang_nghe"."outbox" USING btree ("created_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "outbox_created_at" ON "lang_nghe"."outbox" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "reports_waiting" ON "lang_nghe"."reports" USING btree ("received_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "staff_sign_in_name" ON "lang_nghe"."staff" USING btree ("sign_in_name");--> statement-breakpoint
CREATE INDEX "staff_agency" ON "lang_nghe"."staff" USING btree ("agency_id");--> statement-breakpoint
CREATE INDEX "staff_sessions_staff" ON "lang_nghe"."staff_sessions" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "staff_sessions_last_seen" ON "lang_nghe"."staff_sessions" USING btree ("last_seen");--> statement-breakpoint
CREATE UNIQUE INDEX "talks_contact" ON "lang_nghe"."talks" USING btree ("channel","contact");--> statement-breakpoint
CREATE INDEX "talks_last_heard" ON "lang_nghe"."talks" USING btree ("last_heard");