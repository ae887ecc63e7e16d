import PatchbaySDK

/// Tells a domain who has come to the portal and who has gone.
///
/// A page that is reloaded closes its stream and opens another: so somebody counts as gone only after a while.
final class PresenceNews: Sendable {
    /// How long somebody may be without a stream before they are gone.
    static let grace = Duration.seconds(5)

    private let events: EventLog
    private let news: AsyncStream<(reader: EventReader, isHere: Bool)>
    private let tell: AsyncStream<(reader: EventReader, isHere: Bool)>.Continuation

    init(events: EventLog) {
        self.events = events
        (news, tell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(10_000))
        events.onPresence { [tell] reader, isHere in tell.yield((reader, isHere)) }
    }

    /// Passes the news on until it is cancelled.
    ///
    /// - Parameter mayShow: Whether the user's presence is anybody's business: chat is on for them (S46).
    func run(clock: any PortalClock, mayShow: @escaping @Sendable (EventReader) async throws -> Bool) async {
        await withDiscardingTaskGroup { group in
            for await (reader, isHere) in news {
                group.addTask { [events] in
                    if !isHere {
                        // Cancelled: the server stops, and nobody is left to be told.
                        guard (try? await clock.sleep(for: Self.grace)) != nil else { return }
                    }
                    guard events.isConnected(reader.user) == isHere, (try? await mayShow(reader)) == true else {
                        return
                    }
                    events.signal(
                        Event(
                            "presence.changed", in: reader.domain, to: .domain,
                            [
                                "userId": .string(reader.user.rawValue),
                                "presence": isHere ? "online" : "offline",
                            ]))
                }
            }
        }
    }
}
