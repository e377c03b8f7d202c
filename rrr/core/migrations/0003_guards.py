"""The audit trail refuses change, and the cache has its table."""

from django.db import migrations

GUARD = """
CREATE FUNCTION core_audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('rrr.erase_person', true) = 'yes'
     AND NEW.action = OLD.action AND NEW.at = OLD.at AND NEW.subject_id = OLD.subject_id THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The audit trail cannot be changed (% of entry %).', TG_OP, OLD.id;
END $$;
CREATE TRIGGER core_audit_guard BEFORE UPDATE OR DELETE ON core_auditentry FOR EACH ROW EXECUTE FUNCTION core_audit_guard();
"""
UNGUARD = "DROP TRIGGER core_audit_guard ON core_auditentry; DROP FUNCTION core_audit_guard();"
CACHE = """
CREATE TABLE core_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX core_cache_expires ON core_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD), migrations.RunSQL(CACHE, "DROP TABLE core_cache")]
