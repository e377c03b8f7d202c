"""An answer, once given, is never changed: a new one is written after it. Withdrawing deletes."""

from django.db import migrations

GUARD = """
CREATE FUNCTION define_vote_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'An answer cannot be changed (vote %); write a new one after it.', OLD.id;
END $$;
CREATE TRIGGER define_vote_guard BEFORE UPDATE ON define_vote FOR EACH ROW EXECUTE FUNCTION define_vote_guard();
"""
UNGUARD = "DROP TRIGGER define_vote_guard ON define_vote; DROP FUNCTION define_vote_guard();"


class Migration(migrations.Migration):
    dependencies = [("define", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
