"""Translation catalogues: `update` from the sources, `check` that nothing is missing, fuzzy or broken, `compile` for use.

    python -m tools.translations update|check|compile

The pseudo-language (en_XA) is made while compiling: every string longer and accented, so that what cannot be translated shows.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import polib

from tools.messages import ROOT, Message, find

LOCALE = ROOT / "locale"
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "pt": "nplurals=2; plural=(n > 1);",
    "it": "nplurals=2; plural=(n != 1);",
    "nl": "nplurals=2; plural=(n != 1);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%|<[^>]+>")
ACCENTS = str.maketrans("aeiounycAEIOUNYC", "àéîöûñýçÀÉÎÖÛÑÝÇ")


def offered() -> list[str]:
    """The languages people can choose, as the settings say: these must be complete, the others may be in the making."""
    for node in ast.parse((ROOT / "rrr" / "web" / "settings.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "LANGUAGES":
            return [code for code, _ in ast.literal_eval(node.value) if code != "en"]
    raise SystemExit("rrr/web/settings.py has no LANGUAGES = [(code, name), …].")


def catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _open(language: str) -> polib.POFile:
    path = catalogue(language)
    if path.is_file():
        return polib.pofile(str(path), wrapwidth=0)
    made = polib.POFile(wrapwidth=0)
    made.metadata = {
        "Project-Id-Version": "RRR",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
        "X-Checked-By-Native-Speaker": "not yet",
    }
    return made


def _entry(message: Message, language: str, old: polib.POEntry | None) -> polib.POEntry:
    flags = ["python-format"] if "%(" in message.text + message.plural else []
    made = polib.POEntry(msgid=message.text, msgctxt=message.context or None, flags=flags, occurrences=[(message.place, "")])
    if message.plural:
        forms = int(PLURALS[language].split("nplurals=")[1][0])
        made.msgid_plural = message.plural
        made.msgstr_plural = dict(old.msgstr_plural) if old and old.msgstr_plural else dict.fromkeys(range(forms), "")
    else:
        made.msgstr = old.msgstr if old else ""
    return made


def update() -> int:
    messages = find()
    for language in PLURALS:
        old = _open(language)
        known = {(e.msgctxt or "", e.msgid): e for e in old}
        made = polib.POFile(wrapwidth=0)
        made.metadata = old.metadata
        for key in sorted(messages, key=lambda k: (k[1], k[0])):
            made.append(_entry(messages[key], language, known.get(key)))
        catalogue(language).parent.mkdir(parents=True, exist_ok=True)
        made.save(str(catalogue(language)))
        print(f"{language}: {len(made)} entries, {len(made.untranslated_entries())} to translate")
    return 0


def _faults(language: str, messages: dict[tuple[str, str], Message]) -> list[str]:
    if not catalogue(language).is_file():
        return ["there is no catalogue"]
    entries = {(e.msgctxt or "", e.msgid): e for e in _open(language) if not e.obsolete}
    faults = [f"missing: {text!r} ({messages[c, text].place})" for c, text in messages.keys() - entries.keys()]
    for key in messages.keys() & entries.keys():
        entry = entries[key]
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if "fuzzy" in entry.flags or not all(texts):
            faults.append(f"not translated: {entry.msgid!r} ({messages[key].place})")
            continue
        wanted = set(re.findall(r"%\(\w+\)[sd]", entry.msgid + entry.msgid_plural))
        # A singular may leave out the number, and a plural form may too; nothing may be added or lost altogether.
        for text in texts:
            names = set(re.findall(r"%\(\w+\)[sd]", text))
            if names - wanted or (not entry.msgid_plural and names != wanted):
                faults.append(f"placeholders differ: {entry.msgid!r} -> {text!r}")
    return faults


def check() -> int:
    messages = find()
    bad = 0
    languages = offered()
    for language in languages:
        faults = _faults(language, messages)
        bad += len(faults)
        for fault in sorted(faults)[:40]:
            print(f"{language}: {fault}")
        if len(faults) > 40:
            print(f"{language}: and {len(faults) - 40} more")
    print(f"{len(messages)} messages in {len(languages)} languages ({', '.join(languages)}), {bad} faults")
    return 1 if bad else 0


def pseudo(text: str) -> str:
    """`Save %(n)s` -> `[Sàvé %(n)s~~]`: placeholders and markup stay."""
    parts, last = [], 0
    for match in PLACEHOLDER.finditer(text):
        parts += [text[last : match.start()].translate(ACCENTS), match.group()]
        last = match.end()
    parts.append(text[last:].translate(ACCENTS))
    return f"[{''.join(parts)}{'~' * max(1, len(text) // 4)}]"


def compile_all() -> int:
    for language in PLURALS:
        if catalogue(language).is_file():
            _open(language).save_as_mofile(str(catalogue(language).with_suffix(".mo")))
    made = polib.POFile()
    made.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    for message in find().values():
        entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None, msgstr=pseudo(message.text))
        if message.plural:
            entry.msgid_plural, entry.msgstr = message.plural, ""
            entry.msgstr_plural = {0: pseudo(message.text), 1: pseudo(message.plural)}
        made.append(entry)
    target = LOCALE / "en_XA" / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    made.save_as_mofile(str(target))
    return 0


def main(words: list[str]) -> int:
    commands = {"update": update, "check": check, "compile": compile_all}
    if len(words) != 1 or words[0] not in commands:
        print(__doc__)
        return 2
    return commands[words[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
