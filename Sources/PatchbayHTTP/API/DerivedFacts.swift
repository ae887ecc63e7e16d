import PatchbaySDK

/// What follows from an operation and its permission, so that no document has to repeat it: the refusals that every
/// such operation may give, and `x-permission`.
enum DerivedFacts {
    static func added(to document: JSON, permissions: [String: Permission]) -> JSON {
        guard case .object(var members) = document, case .object(var paths) = members["paths"] else { return document }
        for (path, item) in paths {
            guard case .object(var operations) = item else { continue }
            for (method, operation) in operations where method != "parameters" {
                operations[method] = answered(
                    operation, method: method, path: path, permission: permissions["\(method.uppercased()) \(path)"])
            }
            paths[path] = .object(operations)
        }
        members["paths"] = .object(paths)
        return .object(members)
    }

    private static func answered(_ operation: JSON, method: String, path: String, permission: Permission?) -> JSON {
        guard case .object(var members) = operation else { return operation }
        if let permission { members["x-permission"] = .string(permission.rawValue) }
        var answers = members["responses"]?.object ?? [:]
        let isOpen = members["security"] == .array([])
        // An API token that isn't valid is refused even where none is needed.
        var codes = ["503": "Unavailable", "400": "Invalid", "401": "Unauthenticated"]
        if !isOpen { codes.merge(["403": "Forbidden", "429": "RateLimited"]) { first, _ in first } }
        if path.contains("{") { codes["404"] = "NotFound" }
        if members["requestBody"] != nil { codes["413"] = "TooLarge" }
        if isOpen, method != "get" { codes["403"] = "Forbidden" }
        for (code, name) in codes where answers[code] == nil {
            answers[code] = ["$ref": .string("#/components/responses/\(name)")]
        }
        members["responses"] = .object(answers)
        return .object(members)
    }
}
