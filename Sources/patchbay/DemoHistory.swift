import Foundation
import PatchbayHost
import PatchbaySDK

/// The demo's last ninety days, so that the figures have something to show. Every message goes the way of a real one,
/// with the clock put back, but for the carrier: what is long over isn't sent again.
struct DemoHistory {
    private static let length = 90

    let portal: Portal
    let clock: DemoClock

    /// Lets the days pass. The plugins run already. Afterwards nothing is unread, and everybody's list has a few talks only.
    func fill() async throws {
        guard portal.plugins.channel(.sms) != nil, portal.plugins.channel(.chat) != nil else { return }
        let now = clock.now
        portal.messaging.attach(SettledChannels(running: portal.plugins))
        defer {
            portal.messaging.attach(portal.plugins)
            clock.reset()
        }
        let offices = try await DemoOffice.all(of: portal)
        var plans = offices.map { DemoPlan(of: $0) }
        for ago in (0..<Self.length).reversed() {
            let noon = now.addingTimeInterval(-86_400 * Double(ago))
            let deeds = plans.indices.flatMap { plans[$0].deeds(ofDayAround: noon, ago: ago) }
            try await perform(deeds.filter { $0.at < now }.sorted { $0.at < $1.at })
        }
        for office in offices { try await tidy(office) }
    }

    /// As many as possible in one transaction; a word that the plugin has to understand comes in by its own door.
    private func perform(_ deeds: [DemoPlan.Deed]) async throws {
        var left = deeds[...]
        while let next = left.first {
            if case .stop(let customer) = next.kind {
                left.removeFirst()
                clock.set(to: next.at)
                try await next.office.stop(customer)
                continue
            }
            let simple = left.prefix { !$0.kind.isStop }
            left.removeFirst(simple.count)
            try await portal.store.write { [clock] db in
                for deed in simple {
                    clock.set(to: deed.at)
                    try deed.office.perform(deed.kind, in: db)
                }
            }
        }
    }

    private func tidy(_ office: DemoOffice) async throws {
        for (person, kept) in office.people {
            let inbox = try await portal.store.read { [portal] db in
                try portal.messaging.inbox(.all, .first, for: person, in: db).items
            }
            for (place, talk) in inbox.enumerated() {
                try await portal.messaging.markRead(talk.conversation.id, upTo: .max, by: person)
                if place >= kept { try await portal.messaging.delete(talk.conversation.id, by: person) }
            }
        }
    }
}

/// Carries nothing: what is said by text has gone out already. Everything else is as it runs.
private struct SettledChannels: RunningChannels {
    let running: any RunningChannels

    var kinds: [ChannelKind] { running.kinds }
    var sendChecks: [any SendCheck] { running.sendChecks }

    func channel(_ kind: ChannelKind) -> (id: PluginID, channel: any MessageChannel)? {
        guard kind == .sms, let (id, _) = running.channel(kind) else { return running.channel(kind) }
        return (id, Settled(kind: kind))
    }

    func witness(_ deed: (any MessageWitness) throws -> Void) throws { try running.witness(deed) }

    private struct Settled: MessageChannel {
        let kind: ChannelKind

        func take(_ message: Message, of conversation: Conversation, in db: Database) -> Taken {
            // 153 letters a part, once a text takes more than one.
            let letters = message.text.utf8.count
            return Taken(state: .accepted, segments: letters <= 160 ? 1 : (letters + 152) / 153)
        }
    }
}
