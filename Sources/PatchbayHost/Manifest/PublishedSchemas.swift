import PatchbaySDK

/// The JSON Schemas of the two files that operators and authors write, as published in `Manifest/Schemas`.
public enum PublishedSchemas {
    /// What `manifest.json` may hold.
    public static let manifest = schema(PackageResources.manifest_schema_json)
    /// What `plugin.json` may hold.
    public static let plugin = schema(PackageResources.plugin_schema_json)

    private static func schema(_ bytes: [UInt8]) -> Schema {
        // The files are compiled in, so only a broken build can fail here.
        guard let json = try? JSON(parsing: bytes) else { fatalError("A published JSON Schema is not JSON.") }
        return Schema(json)
    }
}
