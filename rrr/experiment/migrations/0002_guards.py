"""Frozen plans, draws, data, results and decisions cannot be changed or deleted.

Two updates pass: taking away who did it (an account that is erased), and filling in a draw that was only committed so far.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION experiment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  person text := TG_ARGV[0];
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) ->> person IS NULL
     AND to_jsonb(NEW) - person = to_jsonb(OLD) - person THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'A row of % stands fixed: it cannot be changed or deleted.', TG_TABLE_NAME;
END $$;
CREATE FUNCTION experiment_draw_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.drawn_at IS NULL AND NEW.plan_id = OLD.plan_id
     AND NEW.secret = OLD.secret AND NEW.secret_sha256 = OLD.secret_sha256 THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.by_id IS NULL AND to_jsonb(NEW) - 'by_id' = to_jsonb(OLD) - 'by_id' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'A draw stands fixed: it cannot be changed or deleted.';
END $$;
CREATE TRIGGER experiment_draw_guard BEFORE UPDATE OR DELETE ON experiment_assignment
  FOR EACH ROW EXECUTE FUNCTION experiment_draw_guard();
"""
UNGUARD = """
DROP TRIGGER experiment_draw_guard ON experiment_assignment;
DROP FUNCTION experiment_draw_guard();
"""
FIXED = {"planversion": "frozen_by_id", "dataupload": "by_id", "result": "by_id", "decision": "by_id"}
for table, person in FIXED.items():
    GUARD += f"CREATE TRIGGER experiment_guard BEFORE UPDATE OR DELETE ON experiment_{table} FOR EACH ROW EXECUTE FUNCTION experiment_guard('{person}');\n"
    UNGUARD += f"DROP TRIGGER experiment_guard ON experiment_{table};\n"
UNGUARD += "DROP FUNCTION experiment_guard();"


class Migration(migrations.Migration):
    dependencies = [("experiment", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
