CREATE TABLE "lang_nghe"."case_holds" (
	"case_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"lifted_by" uuid,
	"lifted_at" timestamp with time zone,
	CONSTRAINT "case_holds_case_id_set_at_pk" PRIMARY KEY("case_id","set_at")
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."case_statistics" (
	"month" text NOT NULL,
	"category" text NOT NULL,
	"place_code" text,
	"urgency" text NOT NULL,
	"age_band" text,
	"outcome" text,
	"feedback" text,
	"hours_to_accept" integer,
	"hours_to_first_reply" integer,
	"hours_to_close" integer
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."case_agencies" (
	"case_id" uuid NOT NULL,
	"agency_id" text NOT NULL,
	"role" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "case_agencies_case_id_agency_id_pk" PRIMARY KEY("case_id","agency_id")
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."case_links" (
	"first_id" uuid NOT NULL,
	"second_id" uuid NOT NULL,
	"same" boolean NOT NULL,
	"staff_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "case_links_first_id_second_id_pk" PRIMARY KEY("first_id","second_id")
);
--> statement-breakpoint
CREATE TABLE "lang_nghe"."report_exclusions" (
	"report_id" uuid NOT NULL,
	"agency_id" text NOT NULL,
	"why" text NOT NULL,
	"staff_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "report_exclusions_report_id_agency_id_pk" PRIMARY KEY("report_id","agency_id")
);
--> statement-breakpoint
ALTER TABLE "lang_nghe"."cases" DROP CONSTRAINT "cases_report_id_reports_id_fk";
--> statement-breakpoint
DROP INDEX "lang_nghe"."reports_waiting";--> statement-breakpoint
ALTER TABLE "lang_nghe"."cases" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "lang_nghe"."reports" ADD COLUMN "age_band" text;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_holds" ADD CONSTRAINT "case_holds_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "lang_nghe"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_holds" ADD CONSTRAINT "case_holds_set_by_staff_id_fk" FOREIGN KEY ("set_by") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_holds" ADD CONSTRAINT "case_holds_lifted_by_staff_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_agencies" ADD CONSTRAINT "case_agencies_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "lang_nghe"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_links" ADD CONSTRAINT "case_links_first_id_cases_id_fk" FOREIGN KEY ("first_id") REFERENCES "lang_nghe"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_links" ADD CONSTRAINT "case_links_second_id_cases_id_fk" FOREIGN KEY ("second_id") REFERENCES "lang_nghe"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."case_links" ADD CONSTRAINT "case_links_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."report_exclusions" ADD CONSTRAINT "report_exclusions_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "lang_nghe"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lang_nghe"."report_exclusions" ADD CONSTRAINT "report_exclusions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "lang_nghe"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_agencies_agency" ON "lang_nghe"."case_agencies" USING btree ("agency_id","role");--> statement-breakpoint
CREATE INDEX "case_links_second" ON "lang_nghe"."case_links" USING btree ("second_id");--> statement-breakpoint
CREATE INDEX "cases_kept" ON "lang_nghe"."cases" USING btree ("closed_at","id") WHERE state = 'closed' and erased_at is null;--> statement-breakpoint
CREATE INDEX "reports_waiting" ON "lang_nghe"."reports" USING btree ("received_at") WHERE state <> 'dispatched';