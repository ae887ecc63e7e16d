import PatchbaySDK

/// Checks a plugin's papers before anything of it is loaded.
struct Admission {
    let resolver: SettingsResolver

    /// The SDK that this host was built with.
    static let hostSDK = Version(sdkVersionText) ?? Version(major: 0)
    private static let sdkVersionText = PATCHBAY_SDK_VERSION

    /// - Throws: `Decline` of `Manifest`'s, `PluginDescription`'s and `SettingsResolver`'s, and `plugin.id-differs`,
    ///   `plugin.sdk-mismatch`, `plugin.version-out-of-range`.
    func admit(_ entry: PluginEntry) throws(Decline) -> AdmittedPlugin {
        let description = try PluginDescription(readingFrom: entry.folder)
        let file = CheckedFile.shortName(of: entry.folder + "/plugin.json")
        guard description.id == entry.id else {
            throw Decline(
                id: "plugin.id-differs",
                "manifest.json calls it “\(entry.id)”, but \(file) says “\(description.id)”.",
                mend: "Write “\(description.id)” in manifest.json, or correct the folder.")
        }
        guard description.sdk.major == Self.hostSDK.major, description.sdk <= Self.hostSDK else {
            throw Decline(
                id: "plugin.sdk-mismatch",
                "“\(entry.id)” is written for SDK \(description.sdk.short); this portal has SDK \(Self.hostSDK.short).",
                mend: "Install a version of “\(entry.id)” for SDK \(Self.hostSDK.major), or another portal version.")
        }
        guard entry.version.contains(description.version) else {
            throw Decline(
                id: "plugin.version-out-of-range",
                "“\(entry.id)” has version \(description.version); manifest.json wants \(entry.version).",
                mend: "Install a version in that range, or change the range in manifest.json.")
        }
        return AdmittedPlugin(
            entry: entry, description: description, settings: try resolver.settings(of: entry, by: description))
    }
}

extension Version {
    /// Major and minor only, as SDK versions are written.
    fileprivate var short: String { "\(major).\(minor)" }
}
