CREATE TABLE "audit_events" (
	"chain" text NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"address" text,
	"action" text NOT NULL,
	"resource" text,
	"tag_key" text,
	"value_hash" text,
	"outcome" text,
	"request_id" text,
	"access_key_id" text,
	"details" text,
	"previous" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_events_chain_seq_pk" PRIMARY KEY("chain","seq")
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"scope" text NOT NULL,
	"arn" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "evidence_scope_arn_pk" PRIMARY KEY("scope","arn")
);
--> statement-breakpoint
CREATE TABLE "impact_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "impact_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"impact_id" uuid NOT NULL,
	"principal" integer NOT NULL,
	"before" text NOT NULL,
	"after" text NOT NULL,
	"effect" jsonb NOT NULL,
	"actions" jsonb NOT NULL,
	"undecided" boolean NOT NULL,
	"reason" text,
	"members" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "impact_items" (
	"impact_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"arn" text NOT NULL,
	"verdict" text NOT NULL,
	"impact" jsonb NOT NULL,
	"signs" jsonb NOT NULL,
	"shape" text NOT NULL,
	"policy" text,
	"policy_problem" jsonb,
	"grants" jsonb,
	"aliases" jsonb,
	CONSTRAINT "impact_items_impact_id_ordinal_pk" PRIMARY KEY("impact_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "impact_principals" (
	"impact_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"arn" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"is_operator" boolean NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"principal" jsonb NOT NULL,
	CONSTRAINT "impact_principals_impact_id_ordinal_pk" PRIMARY KEY("impact_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "impacts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"plan_id" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"problem" jsonb,
	"digest" text,
	"picture" jsonb,
	"starting" jsonb,
	"worse" jsonb,
	"use_look_up" jsonb,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ready_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "imported_policies" (
	"account" text NOT NULL,
	"type" text NOT NULL,
	"imported_at" timestamp (3) with time zone NOT NULL,
	"levels" jsonb NOT NULL,
	CONSTRAINT "imported_policies_account_type_pk" PRIMARY KEY("account","type")
);
--> statement-breakpoint
CREATE TABLE "item_tags" (
	"item_id" bigint NOT NULL,
	"key" text NOT NULL,
	"value" text,
	"outcome" text DEFAULT 'pending' NOT NULL,
	"request_id" text,
	"answered_at" timestamp (3) with time zone,
	"problem" jsonb,
	"clean_since" timestamp (3) with time zone,
	"seen_clean" boolean DEFAULT false NOT NULL,
	"proved_at" timestamp (3) with time zone,
	"came_back_at" timestamp (3) with time zone,
	"came_back_value" text,
	CONSTRAINT "item_tags_item_id_key_pk" PRIMARY KEY("item_id","key")
);
--> statement-breakpoint
CREATE TABLE "items" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"removal_id" uuid NOT NULL,
	"arn" text NOT NULL,
	"type" text NOT NULL,
	"region" text NOT NULL,
	"name" text NOT NULL,
	"lane" text NOT NULL,
	"canary" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"fence" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"prove_until" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "plan_items" (
	"plan_id" uuid NOT NULL,
	"arn" text NOT NULL,
	"type" text NOT NULL,
	"region" text NOT NULL,
	"name" text NOT NULL,
	"tags" jsonb NOT NULL,
	"skipped" text,
	"problem" jsonb,
	"siblings" jsonb NOT NULL,
	"primary_region" text,
	"facts" jsonb,
	"terraform" jsonb,
	CONSTRAINT "plan_items_plan_id_arn_pk" PRIMARY KEY("plan_id","arn")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"scope" text NOT NULL,
	"direction" text NOT NULL,
	"state" text DEFAULT 'preparing' NOT NULL,
	"request" jsonb NOT NULL,
	"digest" text,
	"selected" integer DEFAULT 0 NOT NULL,
	"read" integer DEFAULT 0 NOT NULL,
	"problem" jsonb,
	"impact_id" uuid,
	"calibration" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ready_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "principal_readings" (
	"scope" text PRIMARY KEY NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	"reading" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "protected_patterns" (
	"account" text NOT NULL,
	"pattern" text NOT NULL,
	"note" text NOT NULL,
	"added_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "protected_patterns_account_pattern_pk" PRIMARY KEY("account","pattern")
);
--> statement-breakpoint
CREATE TABLE "removals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"plan_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"direction" text NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"pause_reason" text,
	"pause_message" text,
	"cancelled" boolean DEFAULT false NOT NULL,
	"share" real NOT NULL,
	"acknowledgements" jsonb NOT NULL,
	"plan_digest" text NOT NULL,
	"impact_digest" text NOT NULL,
	"started_by" text NOT NULL,
	"started_from" text,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"value_salt" text,
	"reverses" uuid,
	"watch_until" timestamp (3) with time zone,
	"looked_at" timestamp (3) with time zone,
	"values_purged_at" timestamp (3) with time zone,
	"canary" text,
	"canary_wait_until" timestamp (3) with time zone,
	"canary_checks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"canary_failure" text,
	"canary_answered_by" text,
	"canary_ended_at" timestamp (3) with time zone,
	CONSTRAINT "removals_plan_id_unique" UNIQUE("plan_id")
);
--> statement-breakpoint
CREATE TABLE "resources" (
	"snapshot_id" uuid NOT NULL,
	"arn" text NOT NULL,
	"type" text NOT NULL,
	"account" text NOT NULL,
	"region" text NOT NULL,
	"name" text NOT NULL,
	"aliases" jsonb NOT NULL,
	"description" text NOT NULL,
	"state" text NOT NULL,
	"manager" text NOT NULL,
	"created_at" timestamp (3) with time zone,
	"deletion_at" timestamp (3) with time zone,
	"primary_region" text,
	"siblings" jsonb NOT NULL,
	"kms_key_id" text,
	"tags" jsonb,
	"problem" jsonb,
	"sort_name" text GENERATED ALWAYS AS (left(lower(name), 100)) STORED,
	"searched" text GENERATED ALWAYS AS (lower(name || ' ' || arn || ' ' || description || ' ' || aliases::text || ' ' || coalesce(tags::text, ''))) STORED,
	CONSTRAINT "resources_snapshot_id_arn_pk" PRIMARY KEY("snapshot_id","arn")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshot_regions" (
	"snapshot_id" uuid NOT NULL,
	"region" text NOT NULL,
	"type" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"listed" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"problem" jsonb,
	CONSTRAINT "snapshot_regions_snapshot_id_region_type_pk" PRIMARY KEY("snapshot_id","region","type")
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"scope" text NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"completed_at" timestamp (3) with time zone,
	"problem" jsonb,
	"notes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"summary" jsonb
);
--> statement-breakpoint
CREATE TABLE "tag_uses" (
	"snapshot_id" uuid NOT NULL,
	"key" text NOT NULL,
	"value" text NOT NULL,
	"type" text NOT NULL,
	"resources" integer NOT NULL,
	CONSTRAINT "tag_uses_snapshot_id_key_value_type_pk" PRIMARY KEY("snapshot_id","key","value","type")
);
--> statement-breakpoint
CREATE TABLE "trail_comparisons" (
	"removal_id" uuid PRIMARY KEY NOT NULL,
	"asked_by" jsonb NOT NULL,
	"comparison" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "value_retentions" (
	"account" text PRIMARY KEY NOT NULL,
	"days" integer,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "impact_changes" ADD CONSTRAINT "impact_changes_impact_id_impacts_id_fk" FOREIGN KEY ("impact_id") REFERENCES "public"."impacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impact_items" ADD CONSTRAINT "impact_items_impact_id_impacts_id_fk" FOREIGN KEY ("impact_id") REFERENCES "public"."impacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impact_principals" ADD CONSTRAINT "impact_principals_impact_id_impacts_id_fk" FOREIGN KEY ("impact_id") REFERENCES "public"."impacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "impacts" ADD CONSTRAINT "impacts_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_tags" ADD CONSTRAINT "item_tags_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_removal_id_removals_id_fk" FOREIGN KEY ("removal_id") REFERENCES "public"."removals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resources" ADD CONSTRAINT "resources_snapshot_id_snapshots_id_fk" FOREIGN KEY ("snapshot_id") REFERENCES "public"."snapshots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "snapshot_regions" ADD CONSTRAINT "snapshot_regions_snapshot_id_snapshots_id_fk" FOREIGN KEY ("snapshot_id") REFERENCES "public"."snapshots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag_uses" ADD CONSTRAINT "tag_uses_snapshot_id_snapshots_id_fk" FOREIGN KEY ("snapshot_id") REFERENCES "public"."snapshots"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trail_comparisons" ADD CONSTRAINT "trail_comparisons_removal_id_removals_id_fk" FOREIGN KEY ("removal_id") REFERENCES "public"."removals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_events_action" ON "audit_events" USING btree ("action","at");--> statement-breakpoint
CREATE INDEX "audit_events_resource" ON "audit_events" USING btree ("resource","at") WHERE "audit_events"."resource" is not null;--> statement-breakpoint
CREATE INDEX "audit_events_request" ON "audit_events" USING btree ("request_id") WHERE "audit_events"."request_id" is not null;--> statement-breakpoint
CREATE INDEX "impact_changes_principal" ON "impact_changes" USING btree ("impact_id","principal");--> statement-breakpoint
CREATE INDEX "impact_items_arn" ON "impact_items" USING btree ("impact_id","arn");--> statement-breakpoint
CREATE INDEX "impacts_plan" ON "impacts" USING btree ("plan_id","started_at");--> statement-breakpoint
CREATE INDEX "item_tags_outcome" ON "item_tags" USING btree ("outcome","item_id");--> statement-breakpoint
CREATE INDEX "items_claim" ON "items" USING btree ("lane","state","due_at");--> statement-breakpoint
CREATE INDEX "items_removal" ON "items" USING btree ("removal_id","state");--> statement-breakpoint
CREATE INDEX "resources_name" ON "resources" USING btree ("snapshot_id","sort_name" collate "C","arn" collate "C");--> statement-breakpoint
CREATE INDEX "resources_tags" ON "resources" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "snapshots_scope" ON "snapshots" USING btree ("scope","started_at");