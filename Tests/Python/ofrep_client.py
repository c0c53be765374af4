"""Asks a server through OpenFeature's own SDK and its OFREP provider, and prints what the application gets to see.

Reads one JSON document from standard input: {"url", "headers", "queries": [{"type", "key", "default", "context"}]}.
Writes a JSON array with an object for each query: value, kind, reason, variant, metadata, error, message.
"""

import json
import sys

from openfeature import api
from openfeature.contrib.provider.ofrep import OFREPProvider
from openfeature.evaluation_context import EvaluationContext


def main() -> None:
    order = json.load(sys.stdin)
    api.set_provider(OFREPProvider(order["url"], headers_factory=lambda: order["headers"], timeout=60))
    client = api.get_client()
    ask = {
        "boolean": client.get_boolean_details,
        "string": client.get_string_details,
        "integer": client.get_integer_details,
        "number": client.get_float_details,
        "object": client.get_object_details,
    }
    answers = []
    for query in order["queries"]:
        context = query.get("context")
        if context is not None:
            context = EvaluationContext(context.pop("targetingKey", None), context)
        default = float(query["default"]) if query["type"] == "number" else query["default"]
        details = ask[query["type"]](query["key"], default, context)
        answers.append({
            "value": details.value,
            "kind": type(details.value).__name__,
            "reason": str(details.reason.value) if details.reason else None,
            "variant": details.variant,
            "metadata": dict(details.flag_metadata),
            "error": str(details.error_code.value) if details.error_code else None,
            "message": details.error_message,
        })
    json.dump(answers, sys.stdout)


main()
