CREATE TABLE "lang_nghe"."agency_key_copies" (
	"agency_id" text NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"holder" text NOT NULL,
	"holder_version" integer DEFAULT 0 NOT NULL,
	"sealed_identity" "bytea" NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"granted_by" uuid,
	CONSTRAINT "agency_key_copies_agency_id_version_kind_holder_holder_version_pk" PRIMARY KEY("agency_id","version","kind","holder","holder_version")
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."agency_keys" (
	"agency_id" text NOT NULL,
	"version" integer NOT NULL,
	"recipient" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "agency_keys_agency_id_version_pk" PRIMARY KEY("agency_id","version")
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."case_key_copies" (
	"report_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"holder" text NOT NULL,
	"holder_version" integer DEFAULT 0 NOT NULL,
	"sealed_identity" "bytea" NOT NULL,
	CONSTRAINT "case_key_copies_report_id_kind_holder_holder_version_pk" PRIMARY KEY("report_id","kind","holder","holder_version")
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."case_keys" (
	"report_id" uuid PRIMARY KEY NOT NULL,
	"recipient" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."recovery_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recipient" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."staff_keys" (
	"staff_id" uuid PRIMARY KEY NOT NULL,
	"recipient" text NOT NULL,
	"sealed_identity" "bytea" NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "lang_nghe"."mailboxes" ADD COLUMN "recipient" text NOT NULL;--> statement-breakpoint
ALTER TABLE "lang_nghe"."mailboxes" ADD COLUMN "sealed_identity" "bytea";--> statement-breakpoint
ALTER TABLE "lang_nghe"."staff_sessions" ADD COLUMN "sealed_keys" "bytea";--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_key_copies" ADD CONSTRAINT "case_key_copies_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "lang_nghe"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_keys" ADD CONSTRAINT "case_keys_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "lang_nghe"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."staff_keys" ADD CONSTRAINT "staff_keys_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agency_key_copies_holder" ON "lang_nghe"."agency_key_copies" USING btree ("kind","holder");--> statement-breakpoint
CREATE UNIQUE INDEX "agency_keys_in_use" ON "lang_nghe"."agency_keys" USING btree ("agency_id") WHERE retired_at is null;--> statement-breakpoint
CREATE INDEX "case_key_copies_holder" ON "lang_nghe"."case_key_copies" USING btree ("kind","holder","holder_version");--> statement-breakpoint
CREATE UNIQUE INDEX "recovery_keys_in_use" ON "lang_nghe"."recovery_keys" USING btree ((true)) WHERE retired_at is null;