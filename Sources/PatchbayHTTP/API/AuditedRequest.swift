import HTTPTypes
import PatchbayHost
import PatchbaySDK

/// A request that goes into the audit log: every change by an administrator, and what users do with their own keys.
struct AuditedRequest: Sendable {
    /// Members of a body that may be written as they are; of all others only the name is kept.
    private static let openMembers: Set<String> = [
        "id", "scope", "region", "timeZone", "resellerId", "carrier", "extension", "kind", "plugin", "level",
        "permissions", "conversation", "user", "userId", "subject",
    ]

    /// What users do for themselves and is recorded all the same.
    private static let ownKeys: Set<String> = ["POST /tokens", "DELETE /tokens/{id}", "PUT /password"]

    /// Reading that takes data out of the portal, whoever may do it.
    private static let takingOut = "/export"

    let operation: String
    let parameters: [String: String]
    let domain: String?
    let body: JSON
    let identity: Identity

    /// - Parameter domain: The domain that the query asks for, where the path names none.
    /// - Returns: `nil` for a request that isn't recorded.
    init?(
        _ method: HTTPRequest.Method, _ path: String, needing permission: Permission, operation: String,
        _ parameters: [String: String], domain: String?, body: JSON, identity: Identity
    ) {
        let isAdministration = permission == .domainAdmin || permission == .systemAdmin
        let changes = method != .get && method != .head
        guard
            Self.ownKeys.contains("\(method.rawValue) \(path)")
                || isAdministration && changes || path.contains(Self.takingOut)
        else { return nil }
        self.operation = operation
        self.parameters = parameters
        self.domain = domain
        self.body = body
        self.identity = identity
    }

    /// What the log will say of it.
    func deed(clock: any PortalClock) -> Deed {
        let names = [domain, parameters["domain"]] + ["id", "number", "subject", "user"].map { parameters[$0] }
        let named = names.compactMap(\.self).map {
            $0.contains("@") ? String($0[$0.index(after: $0.lastIndex(of: "@")!)...]) : $0
        }
        let kind: AuditActor.Kind = if case .token = identity.proof { .token } else { .user }
        return Deed(
            Self.kebab(operation), of: subject, among: named + [body["id"]?.string].compactMap(\.self),
            fallback: parameters["level"] == GateLevel.system.rawValue ? nil : identity.caller.domain,
            by: AuditActor(kind, id: identity.caller.user.rawValue), details: details, clock: clock)
    }

    private var subject: String {
        parameters.sorted { $0.key < $1.key }.map { Self.masked($0.value) }.joined(separator: " ")
    }

    private var details: JSON {
        var open: [String: JSON] = [:]
        for (name, value) in body.object ?? [:] {
            open[name] =
                switch value {
                case .bool, .int, .double, .null: value
                case .string(let text) where Self.openMembers.contains(name): .string(Self.masked(text))
                case _ where Self.openMembers.contains(name): value
                default: "…"
                }
        }
        return .object(open)
    }

    /// What reads as a phone number, however it is typed, by its last digits only: the log can't be changed when somebody's
    /// data is erased.
    private static func masked(_ text: String) -> String {
        let digits = text.filter(\.isNumber)
        let isNumber = digits.count >= 5 && text.allSatisfy { $0.isNumber || "+()-./ ".contains($0) }
        return isNumber ? "…" + digits.suffix(3) : text
    }

    /// `changeUser` as `change-user`.
    private static func kebab(_ name: String) -> String {
        var text = ""
        var wasUpper = true
        for letter in name {
            if letter.isUppercase, !wasUpper { text.append("-") }
            wasUpper = letter.isUppercase
            text.append(contentsOf: letter.lowercased())
        }
        return text
    }
}

extension PortalServices {
    /// Answers by `handle`, with the deed in mind if the request is one to be recorded.
    func recording<Answer: Sendable>(
        _ request: AuditedRequest?, _ handle: () async throws -> Answer
    ) async throws -> Answer {
        guard let deed = request?.deed(clock: portal.clock) else { return try await handle() }
        let answer = try await Deed.$current.withValue(deed, operation: handle)
        try await deed.recordUnlessWritten(in: portal.store)
        return answer
    }
}
