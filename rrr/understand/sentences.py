"""What connectors and the comparison say in codes, as sentences. A test finds a code without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

Words = Mapping[str, str | Promise]

# The whole file: what is wrong, and how to mend it.
FAULTS: Words = {
    "empty_file": lazy("The file is empty. Choose the file again."),
    "no_rows": lazy("The file has a header with %(columns)s columns and no row below it. Choose a file with rows."),
    "not_a_table": lazy(
        "This is no table we can read, but a file of the kind “%(what)s”. Save it as CSV, XLSX or GeoJSON and upload that."
    ),
    "wrong_encoding": lazy("The letters do not fit the encoding %(encoding)s. Choose another encoding below."),
    "no_header": lazy("We found no row with the names of the columns. It begins with: %(text)s. Say below in which line they stand."),
    "line_too_long": lazy(
        "Line %(line)s is longer than %(limit)s characters: perhaps a quotation mark is not closed, or the lines are not parted. Mend the file."
    ),
    "too_many_columns": lazy("The file has %(found)s columns; at most %(limit)s can be read. Is the separator right?"),
    "zip_bomb": lazy("Unpacked, the file would be %(megabytes)s MB; at most %(limit)s MB are read. Save the table again, or as CSV."),
    "too_large": lazy("The file has %(megabytes)s MB; files of this kind are read up to %(limit)s MB. Save it as CSV, or split it."),
    "broken_file": lazy("The file is damaged (%(what)s). Save it again, or as CSV, and upload that."),
    "encrypted": lazy("The file is locked with a password. Save it without one and upload that."),
    "no_such_sheet": lazy("There is no sheet “%(sheet)s”. The file has: %(sheets)s. Choose one below."),
    "bad_json": lazy("The file stops being JSON in line %(line)s. Export it again."),
    "not_geojson": lazy("The file is JSON, but no GeoJSON with features. Export it as GeoJSON (FeatureCollection)."),
    "not_degrees": lazy(
        "The coordinates are not degrees (one is %(value)s). Name their coordinate system below, for example EPSG:25832, or export them as WGS 84."
    ),
    "unknown_crs": lazy("We do not know the coordinate system %(crs)s. Export the file in WGS 84 (EPSG:4326)."),
    "bad_option": lazy("“%(value)s” does not do for %(option)s. Leave it empty, and we guess."),
}
# One row: why it could not be used.
ROWS: Words = {
    "unclosed_quote": lazy("A quotation mark is opened and never closed."),
    "too_few_columns": lazy("It has %(found)s cells; the header has %(expected)s."),
    "too_many_columns": lazy("It has %(found)s cells; the header has %(expected)s."),
    "wrong_encoding": lazy("It has letters that do not fit the encoding %(encoding)s."),
    "bad_json": lazy("It is not JSON."),
    "no_name": lazy("It has no name."),
    "not_a_feature": lazy("It is no feature with properties."),
    "no_geometry": lazy("Its coordinates cannot be read."),
    "not_a_point": lazy("It is no point, but a %(what)s."),
    "half_place": lazy("Of its place only one number is there; %(missing)s is missing."),
    "bad_number": lazy("“%(value)s” in %(field)s is no number."),
    "outside_world": lazy("Its place (%(lon)s, %(lat)s) lies nowhere on earth."),
    "swapped_axes": lazy("Longitude and latitude seem swapped (%(lon)s, %(lat)s)."),
    "line_too_long": lazy("It is longer than %(limit)s characters."),
    "double": lazy("It is in the file twice: line %(first)s has the same number, or the same name and place."),
}
# What was noticed about the file, and values of a row that were left empty.
NOTES: Words = {
    "encoding_guessed": lazy("The encoding is a guess: %(encoding)s. If letters look wrong, choose another."),
    "delimiter_guessed": lazy("The separator is a guess: “%(delimiter)s”."),
    "header_below_title": lazy("The names of the columns stand in line %(line)s; %(lines)s lines above were skipped."),
    "duplicate_header": lazy("Two columns are called “%(name)s”; the second is now “%(as)s”."),
    "unnamed_column": lazy("A column has no name; it is now “%(as)s”."),
    "decimal_comma": lazy("Numbers are written with a decimal comma and read so."),
    "axes_swapped": lazy("Longitude and latitude were swapped throughout and have been turned round."),
    "crs_converted": lazy("Coordinates were converted from %(crs)s to degrees."),
    "crs_ignored": lazy("The file names the coordinate system %(crs)s, but its numbers are degrees and were taken as such."),
    "projected": lazy(
        "The place is not given in degrees (one value is %(value)s). Name the coordinate system below, for example EPSG:25832."
    ),
    "formulas": lazy("%(count)s cells hold formulas; their last result was read."),
    "formulas_without_value": lazy("%(count)s cells hold formulas without a result; they were read as empty. Open and save the file once."),
    "cell_errors": lazy("%(count)s cells hold an error such as #N/A; they were read as empty."),
    "merged_cells": lazy("%(count)s cells are merged; only the first of each has the value."),
    "first_sheet": lazy("The file has %(sheets)s sheets; “%(sheet)s” was read."),
    "hidden_sheets": lazy("Hidden sheets were left alone: %(sheets)s."),
    "areas_as_points": lazy("%(count)s areas or lines are kept as one point in their middle."),
    "without_geometry": lazy("%(count)s features have no place."),
    "person_column": lazy("The column “%(name)s” seems to be about a person and is left out: registers of organisations need no persons."),
    "rows_refused": lazy("%(count)s rows cannot be read; you find them with their reasons after reading."),
    "blank_lines": lazy("%(count)s empty lines were skipped."),
    "left_out": lazy(
        "%(count)s rows were left out: the register marks them as ended, as part of another, or as not of the social economy."
    ),
    "bad_identifier": lazy("The number “%(value)s” in “%(column)s” cannot be right: its check digit or its shape is wrong. It was kept."),
    "bad_year": lazy("%(field)s: “%(value)s” is no year."),
    "bad_date": lazy("%(field)s: “%(value)s” is no date."),
    "bad_website": lazy("“%(value)s” is no address of a website."),
    "bad_email": lazy("“%(value)s” is no e-mail address."),
    "bad_country": lazy("“%(value)s” is no country."),
    "text_cut": lazy("%(field)s was cut after %(limit)s characters."),
    "half_place": lazy("Of the place only one number is there."),
    "bad_number": lazy("%(field)s: “%(value)s” is no number."),
    "outside_world": lazy("The place lies nowhere on earth."),
    "swapped_axes": lazy("Longitude and latitude seem swapped."),
    "not_degrees": lazy("The place is not given in degrees."),
}
FIELDS: Words = {
    "": lazy("Leave it out"),
    "key": lazy("Number in this register"),
    "name": lazy("Name"),
    "local_names": lazy("Other names"),
    "kind": lazy("Kind"),
    "legal_form": lazy("Legal form"),
    "activity": lazy("Activity"),
    "website": lazy("Website"),
    "founded": lazy("Year or date founded"),
    "closed": lazy("Year or date closed"),
    "lon": lazy("Longitude"),
    "lat": lazy("Latitude"),
    "lonlat": lazy("Longitude and latitude in one"),
    "street": lazy("Street and number"),
    "postcode": lazy("Postcode"),
    "city": lazy("City"),
    "country": lazy("Country"),
    "address": lazy("Whole address in one"),
    "district": lazy("District"),
    "tax_id": lazy("Tax number"),
    "register_id": lazy("Official register number"),
    "phone": lazy("Telephone of the organisation"),
    "email": lazy("E-mail of the organisation"),
    "last_seen": lazy("Year or date last seen"),
    "place": lazy("Place"),
    "numbers_in_name": lazy("Numbers in the name"),
}
LEVELS: Words = {
    "missing": lazy("One side does not say"),
    "same_words": lazy("The same words"),
    "near_identical": lazy("Nearly the same letters"),
    "contained": lazy("One name is part of the other"),
    "half": lazy("Half of the words agree"),
    "acronym": lazy("One is the initials of the other"),
    "rarest_word": lazy("The rarest word agrees"),
    "other": lazy("Other words"),
    "same_address": lazy("The same address"),
    "within_50_m": lazy("Within 50 metres"),
    "same_street": lazy("The same street"),
    "within_500_m": lazy("Within 500 metres"),
    "area_only": lazy("The same postcode or city"),
    "elsewhere": lazy("Another place"),
    "same": lazy("The same"),
    "one_typo": lazy("All but one sign agree"),
    "different": lazy("Different"),
}
FLAGS: Words = {
    "branch_or_moved": lazy("The name agrees, the place does not: perhaps a branch, or it moved."),
    "other_name": lazy("The place or a number agrees, the name does not: perhaps it was renamed, or two share a door."),
    "several": lazy("More than one known organisation fits about as well."),
}
STAYS: Words = {
    "edited": lazy("somebody changed it since"),
    "import": lazy("another import names it as well"),
    "used": lazy("a tie or a later step refers to it"),
    "value": lazy("a field that this import filled was changed since"),
}


def _said(words: Words, given: Mapping[str, Any]) -> str:
    """The sentence of a code with its facts; a fact that is missing is left empty rather than breaking the page."""
    sentence = words.get(str(given.get("code")))
    if sentence is None:
        return _("Something else: %(code)s") % {"code": given.get("code", "")}
    facts = {name: str(FIELDS.get(value, value)) if name == "field" else value for name, value in dict(given.get("facts") or {}).items()}
    return str(sentence) % _Facts(facts)


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def fault(given: Mapping[str, Any]) -> str:
    return _said({**ROWS, **FAULTS}, given)


def note(given: Mapping[str, Any]) -> str:
    if given.get("code") == "rows_refused":
        facts = given.get("facts") or {}
        reason = _said(ROWS, {"code": facts.get("reason"), "facts": facts}) if facts.get("reason") in ROWS else ""
        if reason and facts.get("line"):
            reason = _("The first, in line %(line)s: %(reason)s") % {"line": facts["line"], "reason": reason}
        return f"{_said(NOTES, given)} {reason}".strip()
    return _said(NOTES, given)


def refusal(code: str, facts: Mapping[str, Any]) -> str:
    return _said({**FAULTS, **ROWS}, {"code": code, "facts": facts})
