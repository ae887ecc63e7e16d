import Foundation
import HTTPTypes
import PatchbaySDK
import Testing

@testable import PatchbayHTTP

@Suite struct CompressionTests {
    @Test func fileComesCompressedToWhoTakesGzip() async throws {
        try await TestPortal.make().serving { caller in
            let plain = try await caller.ask(.get, "/js/main.js", headers: [:])
            let small = try await caller.ask(.get, "/js/main.js", headers: ["accept-encoding": "br, gzip;q=0.5"])

            #expect((plain.headers[.contentEncoding], plain.headers[.vary]) == (nil, "Accept-Encoding"))
            #expect((small.headers[.contentEncoding], small.headers[.vary]) == ("gzip", "Accept-Encoding"))
            #expect(small.body.starts(with: [0x1F, 0x8B]) && small.body.count < plain.body.count)
            #expect(try Self.unzipped(small.body) == plain.body)
            let tags = (plain.headers[.eTag] ?? "", small.headers[.eTag] ?? "")
            #expect(!tags.0.isEmpty && !tags.1.isEmpty && tags.0 != tags.1, "each form has its own strong tag")

            let again = try await caller.ask(
                .get, "/js/main.js", headers: ["accept-encoding": "gzip", "if-none-match": tags.1])
            #expect((again.status, again.headers[.vary]) == (304, "Accept-Encoding"))
            let other = try await caller.ask(
                .get, "/js/main.js", headers: ["accept-encoding": "gzip", "if-none-match": tags.0])
            #expect(other.status == 200)
        }
    }

    @Test(
        arguments: [
            ("gzip", true), ("deflate, GZip ; q=0.1", true), ("*", true), ("br", false), ("gzip;q=0, *", false),
            ("*;q=0", false), ("identity", false), ("", false), ("gzip;q=x", false),
        ])
    func encodingIsNegotiated(field: String, isAccepted: Bool) {
        #expect(Gzip.isAccepted([field]) == isAccepted)
    }

    @Test func largeJSONComesCompressedAndSmallAsItIs() async throws {
        try await TestPortal.make().serving { caller in
            let plain = try await caller.ask(.get, "/api/v1/openapi.json", headers: [:])
            let large = try await caller.ask(.get, "/api/v1/openapi.json", headers: ["accept-encoding": "gzip"])
            let small = try await caller.ask(.get, "/healthz", headers: ["accept-encoding": "gzip"])

            #expect(plain.headers[.contentEncoding] == nil)
            #expect(large.headers[.contentEncoding] == "gzip")
            #expect(large.headers[.contentLength] == String(large.body.count))
            #expect(try Self.unzipped(large.body) == plain.body)
            #expect(small.headers[.contentEncoding] == nil)
        }
    }

    @Test func pageNamesAllModulesThatItsScriptNeeds() async throws {
        try await TestPortal.make().serving { caller in
            let page = try await caller.ask(.get, "/", headers: [:]).text
            let modules = page.matches(of: #/<link rel="modulepreload" href="(/[^"]+)">/#).map { String($0.1) }

            #expect(modules.contains("/js/shell/app.js") && modules.contains("/js/lib/h.js"))
            #expect(Set(modules).count == modules.count && !modules.contains("/js/main.js"))
            for module in modules {
                #expect(try await caller.ask(.get, module, headers: [:]).status == 200, "\(module)")
            }
        }
    }

    @Test func graphFollowsStaticImportsOnlyAndEachOnce() {
        let files = [
            "js/main.js": """
            /** import './no.js' */
            import './a.js';
            import {
                b,
            } from "../lib/b.js";
            import('./lazy.js');
            """,
            "js/a.js": """
            export { b } from '/lib/b.js';
            export const c = './no.js';
            export class X {
                y() { return './no.js'; }
            }
            import './main.js';
            """,
            "lib/b.js": "export * from './c.js';\nimport 'outside';\nimport '../../above.js';", "lib/c.js": "",
            "js/lazy.js": "", "js/no.js": "",
        ]

        #expect(ModuleGraph { files[$0] }.imported(by: ["js/main.js"]) == ["js/a.js", "lib/b.js", "lib/c.js"])
    }

    @Test(
        arguments: [
            ("/** a\n * b */\nlet x = 1;\n", "\n\nlet x = 1;\n"), ("  /* a */  \nb", "\nb"), ("/* a */", ""),
            ("a(); /* b */\n", "a(); /* b */\n"), ("/* a */ b();\n", "/* a */ b();\n"), ("/* a", "/* a"),
            ("let x = `\n/* a */\n`;\n/* b */\n", "let x = `\n/* a */\n`;\n\n"), ("/**/\n/***/\na", "\n\na"),
            ("// `\n/* a */\n", "// `\n/* a */\n"), ("/** @type {a} */ (b)\n", "/** @type {a} */ (b)\n"),
        ])
    func commentsOnLinesOfTheirOwnAreLeftOut(text: String, trimmed: String) {
        #expect(String(decoding: CommentTrimmer.trimmed(Array(text.utf8)), as: UTF8.self) == trimmed)
    }

    @Test func firstLoadOfThePortalIsBelowItsBudget() throws {
        let files = try AssetLibrary.bundled().firstLoad(of: "index.html")

        #expect(files.count > 20)
        #expect(files.map(\.transferredBytes).reduce(0, +) < 200_000)
    }

    /// By gzip(1), for what we compress must be read by others.
    private static func unzipped(_ bytes: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "patchbay-\(UUID().uuidString).gz")
        try Data(bytes).write(to: file)
        // It puts the file in the place of the compressed one.
        #expect(Command.run(["gzip", "-d", file.path]) == 0)
        let plain = file.deletingPathExtension()
        defer { try? FileManager.default.removeItem(at: plain) }
        return Array(try Data(contentsOf: plain))
    }
}
