"""The figures of a published case cannot be changed: take it back first, then publish it again with what the thread says then."""

from django.db import migrations

GUARD = """
CREATE FUNCTION exchange_case_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'published' AND NEW.status = 'published'
     AND (NEW.figures IS DISTINCT FROM OLD.figures OR NEW.figures_sha256 <> OLD.figures_sha256 OR NEW.pilot_id <> OLD.pilot_id) THEN
    RAISE EXCEPTION 'The figures of a published case cannot be changed (case %).', OLD.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER exchange_case_guard BEFORE UPDATE ON exchange_case FOR EACH ROW EXECUTE FUNCTION exchange_case_guard();
"""
UNGUARD = "DROP TRIGGER exchange_case_guard ON exchange_case; DROP FUNCTION exchange_case_guard();"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
