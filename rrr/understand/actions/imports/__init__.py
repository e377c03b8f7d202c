"""Register imports: upload, read, compare, decide, publish, undo.

`from rrr.understand.actions import imports`, then `imports.publish(by=…, register_import=…)`. Long work is asked for with `ask` and done by
the worker (rrr.understand.jobs), which calls the same actions.
"""

from rrr.understand.actions.imports.asking import FEW, ask, publish_or_ask, undo_or_ask
from rrr.understand.actions.imports.auditing import draw_audit, judge
from rrr.understand.actions.imports.comparing import COMPARE_AT_MOST, compare
from rrr.understand.actions.imports.deciding import decide, decide_obvious, reopen_last, undo_decision
from rrr.understand.actions.imports.publishing import publish, take_value
from rrr.understand.actions.imports.reading import fault_of, read
from rrr.understand.actions.imports.undoing import undo
from rrr.understand.actions.imports.uploading import SourceDraft, choose_scope, fields, map_columns, read_as, registers, upload

__all__ = [
    "COMPARE_AT_MOST", "FEW", "SourceDraft", "ask", "choose_scope", "compare", "decide", "decide_obvious", "draw_audit", "fault_of", "fields",
    "judge", "map_columns", "publish", "publish_or_ask", "read", "read_as", "registers", "reopen_last", "take_value", "undo", "undo_decision",
    "undo_or_ask", "upload",
]  # fmt: skip
