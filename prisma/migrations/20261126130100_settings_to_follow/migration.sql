-- Settings that were saved and that the orders do not follow yet: whoever saved may have been stopped in the middle.
ALTER TABLE "Shop" ADD COLUMN "settingsToFollow" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- Who changed what is shown on a page; calls of the API, which are many, stand between.
CREATE INDEX "AuditLog_settings" ON "AuditLog" ("shop", "at") WHERE "action" = 'settings.save';
