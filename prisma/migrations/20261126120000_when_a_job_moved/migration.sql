-- A heartbeat says that a job's worker lives; this says that the job itself goes on.
ALTER TABLE "SyncJob" ADD COLUMN "movedAt" TIMESTAMPTZ(3);
