import Foundation
import PatchbaySDK

/// How the plugins of a running server stand, beside its store, so that `patchbay doctor` can tell without the network.
public struct StatusFile: Sendable {
    private let path: String

    /// - Parameter path: Of the store.
    public init(store path: String) { self.path = path + ".status.json" }

    /// Writes the statuses in place of the former ones.
    func write(_ statuses: [PluginStatus]) throws {
        try Data(JSON.array(statuses.map(\.json)).utf8).write(to: URL(filePath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    /// One line a plugin, and whether all is well; `nil` when no server has written them.
    public func read() -> (lines: [String], isWell: Bool)? {
        guard let bytes = FileManager.default.contents(atPath: path), let statuses = try? JSON(parsing: bytes).array
        else {
            return nil
        }
        let lines = statuses.map { status in
            let name = "\(status["id"]?.string ?? "?") \(status["version"]?.string ?? "")"
            let head = "\(name): \(status["state"]?.string ?? "?")"
            return [head, status["reason"]?.string, status["mend"]?.string].compactMap(\.self).joined(separator: " – ")
        }
        let well = [PluginStatus.State.running, .off].map(\.rawValue)
        return (lines, statuses.allSatisfy { well.contains($0["state"]?.string ?? "") })
    }
}
