import Foundation
import PatchbaySDK
import PatchbayTesting
import Testing

@testable import PatchbayHost

@Suite struct RecordExportTests {
    let office: Office
    let export: RecordExport
    let path: String

    init() throws {
        office = try Office()
        export = RecordExport(store: office.store, clock: office.clock)
        path = office.folder.appending(path: "out.zip").path
    }

    @Test("D7: an export of somebody else's domain finds nothing and leaves no file") func strangers() async throws {
        let bob = try await office.arrive("Hello").conversation
        for subject in [RecordExport.Subject.conversation(bob), .person("ann")] {
            let refusal = await #expect(throws: PortalError.self) {
                try await export.write(subject, of: Office.timber, to: path)
            }
            #expect(refusal?.code == .notFound)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("D7: an export doesn't overwrite what is there") func existingFile() async throws {
        try Data("mine".utf8).write(to: URL(filePath: path))

        let refusal = await #expect(throws: PortalError.self) {
            try await export.write(.person("ann"), of: Office.harbor, to: path)
        }

        #expect(refusal?.id == "export.not-written")
        #expect(try Data(contentsOf: URL(filePath: path)) == Data("mine".utf8))
    }

    @Test("D7: what people wrote is text on the exported page") func escaping() {
        let page = ExportPage.message(
            from: "<b>Bob</b>", at: "now", text: "<script>alert('1')</script> & \u{1}", files: ["a\"b"], isOurs: false,
            state: "received")

        #expect(!page.contains("<script"))
        #expect(!page.contains("<b>"))
        #expect(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; \u{FFFD}"))
        #expect(page.contains("a&quot;b"))
    }
}
