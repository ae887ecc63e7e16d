import Foundation

/// Which modules a page's script needs, so that the browser can ask for all of them at once: one that follows imports
/// only learns of the next when it has read the one before.
struct ModuleGraph {
    /// The text of a module by its path, without a leading slash.
    let source: (String) -> String?

    /// `page` with a `modulepreload` for each module that its scripts import, at whatever depth. What is imported on
    /// demand, by `import()`, isn't among them.
    func preloading(in page: String) -> String {
        let scripts = page.matches(of: #/<script type="module" src="/([^"]+)"/#).map { String($0.1) }
        guard let script = page.firstRange(of: "<script type=\"module\"") else { return page }
        let links = imported(by: scripts).map { "<link rel=\"modulepreload\" href=\"/\($0)\">" }
        let indent = page[..<script.lowerBound].reversed().prefix { $0 == " " }
        return page.replacingCharacters(
            in: script.lowerBound..<script.lowerBound, with: links.map { $0 + "\n" + String(indent) }.joined())
    }

    /// What `scripts` import, nearest first, each once and none of `scripts` itself.
    func imported(by scripts: [String]) -> [String] {
        var seen = Set(scripts)
        var found: [String] = []
        var next = scripts[...]
        while let path = next.popFirst() {
            for module in Self.imports(in: source(path) ?? "", of: path) where seen.insert(module).inserted {
                guard source(module) != nil else { continue }
                found.append(module)
                next.append(module)
            }
        }
        return found
    }

    /// The static imports of a module: `import … from './x.js'`, `import './x.js'`, `export … from './x.js'`, each at
    /// the start of a line.
    private static func imports(in text: String, of path: String) -> [String] {
        var found: [String] = []
        var statement = ""
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            if statement.isEmpty, !line.starts(with: "import".utf8), !line.starts(with: "export".utf8) { continue }
            statement += String(Substring(line)) + " "
            if let quote = statement.utf8.firstIndex(where: { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }) {
                let head = statement[..<quote].trimmingCharacters(in: .whitespaces)
                let target = statement[statement.index(after: quote)...].prefix { $0 != statement[quote] }
                if head == "import" || head.hasSuffix("from"), target.hasPrefix(".") || target.hasPrefix("/") {
                    found += resolved(String(target), from: path).map { [$0] } ?? []
                }
            } else if !statement.utf8.contains(where: { "=();".utf8.contains($0) }) {
                // The names that it imports go on.
                continue
            }
            statement = ""
        }
        return found
    }

    private static func resolved(_ target: String, from path: String) -> String? {
        var steps = target.hasPrefix("/") ? [] : path.split(separator: "/").dropLast().map(String.init)
        for step in target.split(separator: "/") {
            switch step {
            case ".": break
            case "..":
                guard !steps.isEmpty else { return nil }
                steps.removeLast()
            default: steps.append(String(step))
            }
        }
        return steps.joined(separator: "/")
    }
}
