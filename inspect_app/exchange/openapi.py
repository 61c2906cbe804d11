"""The interface described for machines (OpenAPI 3.1); the fuzz test asks by nothing else."""

from typing import Any

from inspect_app.exchange import rules

NUMBER = {"type": "string", "minLength": 1, "maxLength": 60}
TIME = {"type": "string", "format": "date-time"}
AMOUNT = {"type": "integer", "minimum": 0, "maximum": 2_000_000_000}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
PUSHED_LINE = {
    "type": "object",
    "required": ["description"],
    "additionalProperties": False,
    "properties": {
        "description": {"type": "string", "minLength": 1, "maxLength": 300},
        "price_amount": {"anyOf": [AMOUNT, {"type": "null"}]},
    },
}
PUSHED = {
    "type": "object",
    "required": ["external_number", "plate"],
    "additionalProperties": False,
    "properties": {
        "external_number": NUMBER,
        "plate": {"type": "string", "minLength": 1, "maxLength": 24},
        "promised_at": TIME,
        "concern": {"type": "string", "maxLength": 4000},
        "pay_type": {"enum": list(rules.PAY_TYPES)},
        "old_parts_wanted": {"type": "boolean"},
        "lines": {"type": "array", "maxItems": rules.MAX_PUSHED_LINES, "items": PUSHED_LINE},
    },
}
LINE = {
    "type": "object",
    "properties": {
        "position": {"type": "integer"},
        "sheet": {"type": "integer"},
        "description": {"type": "string"},
        "price_amount": {"type": ["integer", "null"]},
    },
}
ODOMETER = {
    "type": ["object", "null"],
    "properties": {"value": {"type": "integer"}, "unit": {"enum": ["km", "mi"]}},
}
ORDER = {
    "type": "object",
    "required": ["number", "status", "opened_at"],
    "properties": {
        "number": NUMBER,
        "external_number": {"type": ["string", "null"]},
        "status": {"enum": list(rules.STATUSES)},
        "state": {"type": "string"},
        "opened_at": TIME,
        "promised_at": {"type": ["string", "null"], "format": "date-time"},
        "odometer_in": ODOMETER,
        "odometer_out": ODOMETER,
        "tag_number": {"type": ["integer", "null"]},
        "transport_type": {"enum": ["waiter", "drop_off", None]},
        "pay_type": {"enum": list(rules.PAY_TYPES)},
        "old_parts_wanted": {"type": ["boolean", "null"]},
        "is_comeback": {"type": "boolean"},
        "advisor": {"type": "string"},
        "concern": {"type": "string"},
        "vehicle": {"type": "object"},
        "customer": {"type": ["object", "null"]},
        "currency": {"type": "string"},
        "lines": {"type": "array", "items": LINE},
    },
}


def _answers(good: dict[str, Any], *problems: int) -> dict[str, Any]:
    body = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refusals = {str(code): {"description": "Refused", "content": body} for code in problems}
    return good | refusals


def _json(schema: str, description: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}


ORDERS = {
    "type": "object",
    "required": ["orders", "next"],
    "properties": {
        "orders": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}},
        "next": {"type": ["string", "null"]},
    },
}
RECEIVED = {
    "type": "object",
    "required": ["external_number", "state"],
    "properties": {
        "external_number": NUMBER,
        "state": {"enum": ["waiting", "linked", "taken_over"]},
        "order_number": {"type": ["string", "null"]},
    },
}


def document(server: str) -> dict[str, Any]:
    """The whole description; `server` is where the interface is."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Vehicle reception", "version": "1"},
        "servers": [{"url": server}],
        "security": [{"token": []}],
        "paths": {
            "/orders": {
                "get": {
                    "operationId": "listOrders",
                    "parameters": [
                        {"name": "status", "in": "query",
                         "schema": {"enum": list(rules.STATUSES)}},
                        {"name": "plate", "in": "query",
                         "schema": {"type": "string", "maxLength": 24}},
                        {"name": "limit", "in": "query",
                         "schema": {"type": "integer", "minimum": 1, "maximum": rules.MAX_PAGE}},
                        {"name": "after", "in": "query",
                         "schema": {"type": "string", "maxLength": 20}},
                    ],
                    "responses": _answers({"200": _json("Orders", "Orders, the newest first")},
                                          401, 422, 429),
                },
                "post": {
                    "operationId": "pushOrder",
                    "parameters": [
                        {"name": "Idempotency-Key", "in": "header",
                         "schema": {"type": "string", "pattern": "^[!-~]{1,80}$"}},
                    ],
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {
                            "schema": {"$ref": "#/components/schemas/PushedOrder"}}},
                    },
                    "responses": _answers(
                        {"200": _json("Received", "Known before, kept anew"),
                         "201": _json("Received", "Kept")},
                        400, 401, 403, 409, 413, 415, 422, 429,
                    ),
                },
            },
            "/orders/{number}": {
                "get": {
                    "operationId": "readOrder",
                    "parameters": [
                        {"name": "number", "in": "path", "required": True, "schema": NUMBER}
                    ],
                    "responses": _answers({"200": _json("Order", "One order")}, 401, 404, 429),
                }
            },
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Order": ORDER, "Orders": ORDERS, "Problem": PROBLEM, "PushedOrder": PUSHED,
                "Received": RECEIVED,
            },
        },
    }  # fmt: skip
