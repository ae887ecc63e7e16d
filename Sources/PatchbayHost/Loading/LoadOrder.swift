import PatchbaySDK

/// The order in which plugins start: after what they require, else as in the manifest.
struct LoadOrder {
    /// Everything that can be ordered.
    private(set) var ordered: [AdmittedPlugin] = []
    /// Plugins that require each other in a circle.
    private(set) var declined: [PluginID: Decline] = [:]

    /// - Parameter admitted: In the manifest's order, each id once.
    init(_ admitted: [AdmittedPlugin]) {
        var waiting = admitted
        while !waiting.isEmpty {
            let ids = Set(waiting.map(\.id))
            // "after" is a wish: it gives way when nothing else can go first.
            let next =
                waiting.firstIndex { $0.required.isDisjoint(with: ids) && ids.isDisjoint(with: $0.description.after) }
                ?? waiting.firstIndex { $0.required.isDisjoint(with: ids) }
            if let next {
                ordered.append(waiting.remove(at: next))
            } else {
                let circle = Self.circle(in: waiting)
                for id in circle { declined[id] = Self.decline(id, in: circle) }
                waiting.removeAll { circle.contains($0.id) }
            }
        }
    }

    /// One circle of requirements; there is one, since every plugin in `waiting` requires another one there.
    private static func circle(in waiting: [AdmittedPlugin]) -> [PluginID] {
        let byID = Dictionary(waiting.map { ($0.id, $0) }) { first, _ in first }
        var path: [PluginID] = []
        var next = waiting.first?.id
        while let id = next {
            if let start = path.firstIndex(of: id) { return Array(path[start...]) }
            path.append(id)
            next = byID[id]?.description.requires.map(\.id).first { byID[$0] != nil }
        }
        return path
    }

    private static func decline(_ id: PluginID, in circle: [PluginID]) -> Decline {
        let start = circle.firstIndex(of: id) ?? 0
        let names = (circle[start...] + circle[..<start] + [id]).map { "“\($0)”" }
        return Decline(
            id: "plugin.requires-cycle",
            "“\(id)” can't start, for the plugins require each other in a circle: "
                + names.joined(separator: " requires ") + ".",
            mend: "Remove one of these requirements from its plugin.json, or one of the plugins from manifest.json.")
    }
}

extension AdmittedPlugin {
    fileprivate var required: Set<PluginID> { Set(description.requires.map(\.id)) }
}
