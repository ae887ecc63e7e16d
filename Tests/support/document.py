"""The OpenAPI document of a running portal, as the tests need it: operations, their places, sample values."""

import collections
import re

Operation = collections.namedtuple("Operation", "method path permission places query body raw")

METHODS = ("get", "post", "put", "patch", "delete")


class Document:
    """What `GET /openapi.json` gives."""

    def __init__(self, json):
        self.json = json

    def resolve(self, value):
        while isinstance(value, dict) and "$ref" in value:
            found = self.json
            for step in value["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            value = found
        return value

    def operations(self, *methods):
        """All operations with one of these methods; all methods when none is named."""
        found = []
        for path, item in sorted(self.json["paths"].items()):
            for method in methods or METHODS:
                if method not in item:
                    continue
                raw = item[method]
                parameters = [self.resolve(one) for one in item.get("parameters", []) + raw.get("parameters", [])]
                body = self.resolve(raw.get("requestBody") or {})
                found.append(Operation(
                    method.upper(), path, raw.get("x-permission"), re.findall(r"{(\w+)}", path),
                    [one for one in parameters if one["in"] == "query"], body, raw))
        return found

    def schema(self, operation):
        """The schema of an operation's JSON body, or None."""
        content = operation.body.get("content", {}).get("application/json")
        return self.resolve(content["schema"]) if content else None

    def sample(self, schema, depth=0):
        """A small value that the schema allows, as good as can be without knowing what it means."""
        schema = self.resolve(schema)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return schema["enum"][0]
        for choice in ("oneOf", "anyOf"):
            if choice in schema:
                return self.sample(schema[choice][0], depth)
        if "allOf" in schema:
            merged = {}
            for part in schema["allOf"]:
                merged |= self.sample(part, depth)
            return merged
        kind = schema.get("type")
        kind = kind[0] if isinstance(kind, list) else kind
        if kind == "object" or "properties" in schema:
            return {
                name: self.sample(schema["properties"][name], depth + 1) for name in schema.get("required", [])
                if depth < 6
            }
        if kind == "array":
            return [self.sample(schema["items"], depth + 1)] * schema.get("minItems", 0)
        if kind in ("integer", "number"):
            return schema.get("minimum", 1)
        if kind == "boolean":
            return True
        if kind == "null":
            return None
        return "x" * max(schema.get("minLength", 1), 1)


def filled(path, value):
    """The path with every place filled by `value`, or by `value[name]` when it is a dict."""
    return re.sub(r"{(\w+)}", lambda match: value[match[1]] if isinstance(value, dict) else value, path)
