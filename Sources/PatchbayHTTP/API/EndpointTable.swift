import Hummingbird

/// Every endpoint of the core API, by area.
struct EndpointTable: Sendable {
    let endpoints: [Endpoint]
    private let byLength: [Int: [Endpoint]]

    static let core = EndpointTable(
        [
            SessionEndpoints.all, EmbeddingEndpoints.all, AccountEndpoints.all, PreferenceEndpoints.all,
            PeopleEndpoints.all,
            ContactEndpoints.all, TemplateEndpoints.all, ConversationEndpoints.all, ClaimEndpoints.all,
            MessageEndpoints.all, ScheduledEndpoints.all,
            SearchEndpoints.all, AttachmentEndpoints.all, EventEndpoints.all, DocumentEndpoints.all,
            AdminDomainEndpoints.all, AdminTransferEndpoints.all, AdminUserEndpoints.all, AdminNumberEndpoints.all,
            AdminSystemEndpoints.all, AdminPluginEndpoints.all, AdminHealthEndpoints.all, AdminConnectionEndpoints.all,
            AdminAuditEndpoints.all, AdminRecordsEndpoints.all, AdminExportEndpoints.all,
            AdminErasureEndpoints.all,
            CallEndpoints.all, SelfTestEndpoints.all, PushEndpoints.all,
        ].flatMap { $0 })

    init(_ endpoints: [Endpoint]) {
        self.endpoints = endpoints
        byLength = Dictionary(grouping: endpoints) { $0.path.text.split(separator: "/").count }
            .mapValues { $0.sorted { $0.path.placeCount < $1.path.placeCount } }
    }

    enum Answer {
        case found(Endpoint, [String: String])
        case otherMethods([String])
        case nothing
    }

    func find(_ method: HTTPRequest.Method, _ path: [String]) -> Answer {
        var others: [String] = []
        for endpoint in byLength[path.count] ?? [] {
            guard let parameters = endpoint.path.match(path) else { continue }
            if endpoint.method == method { return .found(endpoint, parameters) }
            others.append(endpoint.method.rawValue)
        }
        return others.isEmpty ? .nothing : .otherMethods(Set(others).sorted())
    }
}
