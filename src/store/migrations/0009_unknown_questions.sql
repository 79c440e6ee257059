CREATE TABLE "lang_nghe"."unknown_questions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"day" date NOT NULL,
	"words_key" "bytea" NOT NULL,
	"sealed_text" "bytea" NOT NULL,
	"times" integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "unknown_questions_day" ON "lang_nghe"."unknown_questions" USING btree ("day","words_key");