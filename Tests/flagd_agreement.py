"""Evaluates contexts with openfeature-flagd-core, for FlagdAgreementTests.swift.

Reads one JSON value a line: first {"document": flagd's JSON, "types": {flag: type}, "exact": [flag, ...]}, then for each
context {"c": context, "f": [flag, ...]}. Writes a line for each context: for each flag variant, value and reason, with a
bar between flags. Reasons are told of the flags in "exact", of the others only whether it is disabled or an error.
"""

import json
import logging
import sys

from openfeature.contrib.tools.flagd.core import FlagdCore
from openfeature.evaluation_context import EvaluationContext

DEFAULTS = {"boolean": False, "string": "", "integer": 0, "number": 0.0, "object": {}}


def plain(value):
    """A number as JSON knows it: 10.0 is 10."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def main(source, target):
    logging.disable(logging.CRITICAL)
    with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as answers:
        head = json.loads(next(lines))
        core = FlagdCore()
        core.set_flags(head["document"])
        exact = set(head["exact"])
        resolve = {
            "boolean": core.resolve_boolean_value,
            "string": core.resolve_string_value,
            "integer": core.resolve_integer_value,
            "number": core.resolve_float_value,
            "object": core.resolve_object_value,
        }
        for line in lines:
            case = json.loads(line)
            attributes = case["c"]
            context = EvaluationContext(attributes.pop("targetingKey", None), attributes)
            parts = []
            for flag in case["f"]:
                kind = head["types"][flag]
                try:
                    details = resolve[kind](flag, DEFAULTS[kind], context)
                except Exception:
                    parts.append("ERROR")
                    continue
                reason = str(details.reason.value)
                if flag not in exact and reason != "DISABLED":
                    reason = "-"
                if details.variant is None:
                    parts.append("none " + reason)
                else:
                    value = json.dumps(
                        plain(details.value), sort_keys=True, separators=(",", ":"), ensure_ascii=False
                    )
                    parts.append(f"{details.variant} {value} {reason}")
            answers.write("|".join(parts) + "\n")


main(sys.argv[1], sys.argv[2])
