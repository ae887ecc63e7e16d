import PatchbaySDK
import Testing

@testable import PatchbayHTTP

@Suite struct DocumentTests {
    private let document: OpenAPIDocument

    init() throws {
        document = OpenAPIDocument(parts: try OpenAPIDocument.coreParts(), plugins: [], permissions: [:])
    }

    @Test("A8: the endpoint table and the OpenAPI document name the same operations")
    func theTableAndTheDocumentNameTheSameOperations() {
        let table = Set(EndpointTable.core.endpoints.map(\.name))

        #expect(table.subtracting(document.names) == [])
        #expect(document.names.subtracting(table) == [])
        #expect(table.count == EndpointTable.core.endpoints.count)
    }

    @Test func everyReferenceOfTheDocumentLeadsSomewhere() {
        let missing = Self.references(in: document.json).filter { reference in
            let steps = reference.dropFirst(2).split(separator: "/").map(String.init)
            return steps.reduce(document.json as JSON?) { $0?[$1] } == nil
        }

        #expect(missing == [])
    }

    @Test func everyJSONBodyIsClosedToUnknownFields() {
        let bodies = EndpointTable.core.endpoints.filter { if case .json = $0.body { true } else { false } }
        let open = bodies.filter { endpoint in
            (try? document.operation(endpoint.name)?.checked(body: Array(#"{"surprise":1}"#.utf8))) != nil
        }

        #expect(open.map(\.name) == [])
        #expect(bodies.count > 10)
    }

    @Test func anEndpointForAnybodyIsOneOfTheFewThatMayBe() {
        let open = EndpointTable.core.endpoints.filter { $0.access == .anyone }.map(\.name)

        #expect(Set(open) == ["POST /session", "GET /openapi.json"])
    }

    @Test func aPluginsDocumentIsMovedAndKeepsItsComponentsApart() throws {
        let plugin: JSON = [
            "paths": ["/things/{id}": ["get": ["responses": ["200": ["$ref": "#/components/responses/Thing"]]]]],
            "components": ["responses": ["Thing": ["description": "A thing."]]],
        ]
        let merged = OpenAPIDocument(
            parts: try OpenAPIDocument.coreParts(), plugins: [(PluginID(rawValue: "odd"), plugin)], permissions: [:])

        #expect(merged.names.contains("GET /odd/things/{id}"))
        #expect(merged.json["components"]?["responses"]?["odd.Thing"] != nil)
        #expect(Self.references(in: merged.json).contains("#/components/responses/odd.Thing"))
    }

    private static func references(in value: JSON) -> [String] {
        switch value {
        case .array(let values): values.flatMap { references(in: $0) }
        case .object(let members):
            members.flatMap { key, value in
                if key == "$ref", let text = value.string { [text] } else { references(in: value) }
            }
        default: []
        }
    }
}
