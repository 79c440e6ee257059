CREATE TABLE "lang_nghe"."uploads" (
	"id" uuid NOT NULL,
	"part" integer NOT NULL,
	"sealed_bytes" "bytea" NOT NULL,
	"kept_at" timestamp with time zone NOT NULL,
	CONSTRAINT "uploads_id_part_pk" PRIMARY KEY("id","part")
);
