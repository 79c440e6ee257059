CREATE TABLE "lang_nghe"."case_clocks" (
	"case_id" uuid NOT NULL,
	"clock" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"warn_at" timestamp with time zone,
	"at_once" boolean NOT NULL,
	"stopped_at" timestamp with time zone,
	"warned_at" timestamp with time zone,
	"missed_at" timestamp with time zone,
	"next_at" timestamp with time zone,
	"told_above" text,
	"version" text NOT NULL,
	CONSTRAINT "case_clocks_case_id_clock_pk" PRIMARY KEY("case_id","clock")
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."case_steps" (
	"case_id" uuid NOT NULL,
	"step" text NOT NULL,
	"staff_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "case_steps_case_id_step_pk" PRIMARY KEY("case_id","step")
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."ring_rounds" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"round" integer NOT NULL,
	"level" integer NOT NULL,
	"next_at" timestamp with time zone,
	"unreached_since" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."rings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"clock" text NOT NULL,
	"round" integer NOT NULL,
	"agency_id" text NOT NULL,
	"below" boolean NOT NULL,
	"staff_id" uuid,
	"webhook_id" uuid,
	"state" text NOT NULL,
	"code" text,
	"planned_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."link_words" (
	"staff_id" uuid PRIMARY KEY NOT NULL,
	"word_hash" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_by" "bytea",
	CONSTRAINT "link_words_word_hash_unique" UNIQUE("word_hash")
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."on_call" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agency_id" text NOT NULL,
	"staff_id" uuid,
	"sealed_url" "bytea",
	"added_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."staff_chats" (
	"staff_id" uuid PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"sealed_address" "bytea" NOT NULL,
	"linked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "lang_nghe"."cases_queue";--> statement-breakpoint
ALTER TABLE "lang_nghe"."cases" ADD COLUMN "due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "lang_nghe"."cases" ADD COLUMN "due_clock" text;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_clocks" ADD CONSTRAINT "case_clocks_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "lang_nghe"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_steps" ADD CONSTRAINT "case_steps_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "lang_nghe"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_steps" ADD CONSTRAINT "case_steps_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."ring_rounds" ADD CONSTRAINT "ring_rounds_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "lang_nghe"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."rings" ADD CONSTRAINT "rings_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "lang_nghe"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."rings" ADD CONSTRAINT "rings_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."link_words" ADD CONSTRAINT "link_words_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."on_call" ADD CONSTRAINT "on_call_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."staff_chats" ADD CONSTRAINT "staff_chats_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_clocks_next" ON "lang_nghe"."case_clocks" USING btree ("next_at") WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX "case_clocks_told_above" ON "lang_nghe"."case_clocks" USING btree ("told_above","due_at") WHERE told_above is not null and stopped_at is null;--> statement-breakpoint
CREATE INDEX "ring_rounds_next" ON "lang_nghe"."ring_rounds" USING btree ("next_at") WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX "ring_rounds_unreached" ON "lang_nghe"."ring_rounds" USING btree ("case_id") WHERE unreached_since is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "rings_once" ON "lang_nghe"."rings" USING btree ("case_id","reason","clock","round",coalesce(staff_id, webhook_id));--> statement-breakpoint
CREATE INDEX "rings_waiting" ON "lang_nghe"."rings" USING btree ("planned_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "on_call_agency" ON "lang_nghe"."on_call" USING btree ("agency_id");--> statement-breakpoint
CREATE UNIQUE INDEX "on_call_staff" ON "lang_nghe"."on_call" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "cases_queue" ON "lang_nghe"."cases" USING btree ("agency_id","urgency" DESC NULLS FIRST,"due_at","id") WHERE state <> 'closed';