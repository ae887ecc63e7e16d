import Testing

@testable import PatchbayHTTP

@Suite struct RequestTargetTests {
    @Test func segmentsAndQueryAreDecoded() throws {
        let target = try #require(RequestTarget("/a%20b/%2B1?query=x+y%26z&flag"))

        #expect(target.path == ["a b", "+1"])
        #expect(target.queryByName == ["query": "x y&z", "flag": ""])
    }

    @Test(arguments: ["/%", "/%zz", "/%ff", "/a%00b", "/?q=%C3", "relative"])
    func whatIsNoValidTextIsRefused(target: String) {
        #expect(RequestTarget(target) == nil)
    }

    @Test func anEmptySegmentIsKept() throws {
        #expect(try #require(RequestTarget("/a//b")).path == ["a", "", "b"])
        #expect(try #require(RequestTarget("/")).path == [])
    }
}
