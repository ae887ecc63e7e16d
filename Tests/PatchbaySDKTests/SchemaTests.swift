import PatchbaySDK
import Testing

@Suite struct SchemaTests {
    private static let person = Schema([
        "type": "object", "required": ["name"], "additionalProperties": false,
        "properties": [
            "name": ["type": "string", "minLength": 1, "maxLength": 5],
            "age": ["type": ["integer", "null"], "minimum": 0, "maximum": 150],
            "scope": ["enum": ["basic-user", "reseller"]],
            "numbers": [
                "type": "array", "minItems": 1, "maxItems": 2, "items": ["type": "string", "pattern": "^[+][0-9]+$"],
            ],
            "a/b~c": ["type": "object", "additionalProperties": ["type": "integer"]],
            "kind": ["const": "user"],
            "reply": ["oneOf": [["type": "boolean"], ["type": "string"]]],
            "boss": ["$ref": "#"],
            "colleague": ["$ref": "#/properties/boss"],
        ],
    ])

    @Test(
        arguments: [
            ["name": "Alice"], ["name": "😀😀😀😀😀"], ["name": "A", "age": nil], ["name": "A", "age": 150],
            ["name": "A", "scope": "reseller"], ["name": "A", "numbers": ["+1", "+2"]],
            ["name": "A", "a/b~c": ["x": 1]],
            ["name": "A", "kind": "user"], ["name": "A", "reply": true], ["name": "A", "reply": "yes"],
            ["name": "A", "colleague": ["name": "B", "colleague": ["name": "C"]]],
        ] as [JSON])
    func validValueHasNoFaults(value: JSON) {
        #expect(Self.person.faults(in: value).isEmpty)
    }

    @Test(
        arguments: [
            ([], "", "must be object"), (nil, "", "must be object"), ([:], "", "\"name\" is missing"),
            (["name": "A", "nmae": 1], "/nmae", "unknown key \"nmae\""), (["name": 1], "/name", "must be string"),
            (["name": ""], "/name", "must not be empty"), (["name": "Alice!"], "/name", "holds at most 5 characters"),
            (["name": "A", "age": 1.5], "/age", "must be integer or null"),
            (["name": "A", "age": -1], "/age", "must be at least 0"),
            (["name": "A", "age": 151], "/age", "must be at most 150"),
            (["name": "A", "scope": "root"], "/scope", "must be one of \"basic-user\", \"reseller\""),
            (["name": "A", "numbers": []], "/numbers", "needs at least 1 entries"),
            (["name": "A", "numbers": ["+1", "+2", "+3"]], "/numbers", "holds at most 2 entries"),
            (["name": "A", "numbers": ["+1", "x"]], "/numbers/1", "must match ^[+][0-9]+$"),
            (["name": "A", "numbers": ["+1\n"]], "/numbers/0", "must match ^[+][0-9]+$"),
            (["name": "A", "a/b~c": ["x": "1"]], "/a~1b~0c/x", "must be integer"),
            (["name": "A", "kind": "group"], "/kind", "must be \"user\""),
            (["name": "A", "reply": 1], "/reply", "fits none of the allowed forms"),
            (["name": "A", "colleague": ["name": "B", "boss": [:]]], "/colleague/boss", "\"name\" is missing"),
        ] as [(JSON, String, String)])
    func faultNamesPlaceAndReason(value: JSON, place: String, reason: String) {
        let faults = Self.person.faults(in: value)

        #expect(faults.map(\.place) == [place])
        #expect(faults.map(\.reason) == [reason])
    }

    @Test func allFaultsAreNamedAtOnce() {
        let faults = Self.person.faults(in: ["name": 1, "age": -1, "x": 1])

        #expect(faults.map(\.place) == ["/age", "/name", "/x"])
    }

    @Test func oneOfAllowsExactlyOneAndAnyOfAllowsMore() {
        let overlapping: JSON = [["type": "integer"], ["type": "number"]]

        #expect(!Schema(["oneOf": overlapping]).faults(in: 1).isEmpty)
        #expect(Schema(["oneOf": overlapping]).faults(in: 1.5).isEmpty)
        #expect(Schema(["anyOf": overlapping]).faults(in: 1).isEmpty)
    }

    @Test func constOfNullIsChecked() {
        #expect(Schema(["const": nil]).faults(in: nil).isEmpty)
        #expect(!Schema(["const": nil]).faults(in: 1).isEmpty)
    }

    @Test func numberWithAFractionIsNoInteger() {
        #expect(!Schema(["type": "integer"]).faults(in: 2.0).isEmpty)
        #expect(Schema(["type": "number"]).faults(in: 2).isEmpty)
    }

    @Test func booleanSchemaOfAnItemAllowsEverything() {
        #expect(Schema(["items": true]).faults(in: [1, "a", nil]).isEmpty)
    }

    @Test func defaultsAreFilledInAtEveryLevel() {
        let schema = Schema([
            "properties": [
                "port": ["default": 8080],
                "carrier": ["properties": ["window": ["default": 10], "url": ["type": "string"]], "default": [:]],
                "limits": ["$ref": "#/$defs/limits"],
                "isOn": ["default": true],
            ],
            "$defs": ["limits": ["properties": ["perMinute": ["default": 60]]]],
        ])

        let filled = schema.fillingDefaults(in: ["isOn": false, "limits": [:]])

        #expect(filled == ["port": 8080, "carrier": ["window": 10], "limits": ["perMinute": 60], "isOn": false])
    }

    @Test func defaultsAreFilledInInsideArrays() {
        let schema = Schema([
            "properties": ["binds": ["items": ["properties": ["port": ["default": 2775]]]]]
        ])

        #expect(
            schema.fillingDefaults(in: ["binds": [["host": "a"], [:]]])
                == ["binds": [["host": "a", "port": 2775], ["port": 2775]]])
    }

    @Test(arguments: ["#/$defs/a", "#/$defs/missing", "other.json", "#anchor"])
    func referenceThatLeadsNowhereAllowsNothing(reference: String) {
        let schema = Schema([
            "$ref": .string(reference), "$defs": ["a": ["$ref": "#/$defs/b"], "b": ["$ref": "#/$defs/a"]],
        ])

        #expect(!schema.faults(in: 1).isEmpty)
    }
}
