CREATE TABLE "lang_nghe"."staff_recovery_codes" (
	"staff_id" uuid NOT NULL,
	"code_hash" "bytea" NOT NULL,
	CONSTRAINT "staff_recovery_codes_staff_id_code_hash_pk" PRIMARY KEY("staff_id","code_hash")
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."staff_second_steps" (
	"staff_id" uuid PRIMARY KEY NOT NULL,
	"sealed_secret" "bytea",
	"sealed_offer" "bytea",
	"last_step" integer,
	"tries" integer DEFAULT 0 NOT NULL,
	"paused_until" timestamp with time zone,
	"reset_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "lang_nghe"."invitations" ADD COLUMN "resets_second_step" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "lang_nghe"."staff_sessions" ADD COLUMN "id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "lang_nghe"."staff_sessions" ADD COLUMN "second_step" text DEFAULT 'due' NOT NULL;--> statement-breakpoint
ALTER TABLE "lang_nghe"."staff_sessions" ADD COLUMN "browser" text DEFAULT 'other' NOT NULL;--> statement-breakpoint
ALTER TABLE "lang_nghe"."staff_sessions" ADD COLUMN "system" text DEFAULT 'other' NOT NULL;--> statement-breakpoint
ALTER TABLE "lang_nghe"."staff_recovery_codes" ADD CONSTRAINT "staff_recovery_codes_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."staff_second_steps" ADD CONSTRAINT "staff_second_steps_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."staff_sessions" ADD CONSTRAINT "staff_sessions_id_unique" UNIQUE("id");