import Hummingbird

/// Every endpoint of the core API, by area.
struct EndpointTable: Sendable {
    let endpoints: [Endpoint]
    private let byLength: [Int: [Endpoint]]

    static let core = EndpointTable(
        SessionEndpoints.all + AccountEndpoints.all + PeopleEndpoints.all + ContactEndpoints.all
            + ConversationEndpoints.all + MessageEndpoints.all + SearchEndpoints.all + AttachmentEndpoints.all
            + EventEndpoints.all + DocumentEndpoints.all + AdminDomainEndpoints.all + AdminUserEndpoints.all
            + AdminNumberEndpoints.all + AdminSystemEndpoints.all)

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
