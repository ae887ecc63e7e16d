import NIOCore
import NIOEmbedded
import Testing

@testable import PatchbayHTTP

@Suite struct StalledWriterTests {
    private let channel = EmbeddedChannel()

    private func connect() throws { try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait() }

    @Test("F25: a client that takes nothing for thirty seconds is cut")
    func clientThatDoesNotReadIsCut() throws {
        try connect()
        let watch = StalledWriter(channel)
        watch.start()
        watch.writeBegins()

        channel.embeddedEventLoop.advanceTime(by: .seconds(29))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(31))
        #expect(!channel.isActive)
    }

    @Test func clientThatReadsInTimeIsLeftAlone() throws {
        try connect()
        let watch = StalledWriter(channel)
        watch.start()
        for _ in 1...10 {
            watch.writeBegins()
            channel.embeddedEventLoop.advanceTime(by: .seconds(20))
            watch.writeEnds()
            channel.embeddedEventLoop.advanceTime(by: .seconds(100))
        }

        #expect(channel.isActive)
        watch.stop()
        _ = try channel.finish()
    }

    @Test func watchThatHasEndedCutsNobody() throws {
        try connect()
        let watch = StalledWriter(channel)
        watch.start()
        watch.writeBegins()
        watch.stop()

        channel.embeddedEventLoop.advanceTime(by: .minutes(10))

        #expect(channel.isActive)
        _ = try channel.finish()
    }
}
