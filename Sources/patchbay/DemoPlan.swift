import Foundation
import PatchbaySDK

/// What happens in a company of the demo on each day: the same on every machine, busy on weekdays, a little more each week.
struct DemoPlan {
    enum Kind: Sendable {
        case asks(customer: Int, text: String)
        case isAnswered(customer: Int, text: String, state: DeliveryState, reason: String?)
        case stop(customer: Int)
        case chats(place: Int, author: Int, text: String)
        case meets(place: Int, session: String)

        var isStop: Bool { if case .stop = self { true } else { false } }
    }

    struct Deed: Sendable {
        let at: Date
        let office: DemoOffice
        let kind: Kind
    }

    private let office: DemoOffice
    private var chance: SplitMix64
    /// The customers at the end of the list who have not yet said STOP.
    private var stopsLeft: Int

    init(of office: DemoOffice) {
        self.office = office
        chance = SplitMix64(seed: UInt64(office.customers.count))
        stopsLeft = office.customers.count / 9
    }

    /// - Parameter noon: Some moment of the day, where the company is.
    mutating func deeds(ofDayAround noon: Date, ago: Int) -> [Deed] {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = office.zone
        let midnight = calendar.startOfDay(for: noon)
        let weekday = calendar.component(.weekday, from: noon)
        let isSunday = weekday == 1
        let isWeekend = isSunday || weekday == 7
        // Mondays are busiest, and business grows.
        let most = (isSunday ? 0 : isWeekend ? 2 : weekday == 2 ? 9 : 7) * (150 - ago) / 100 * office.desks.count / 3
        var deeds: [Deed] = []
        for _ in 0..<chance.number(in: most / 2...max(most, 1)) { deeds += talk(on: midnight) }
        guard !isWeekend else { return deeds }
        for place in office.chats.indices { deeds += chat(place, on: midnight, ago: ago) }
        if ago % 19 == 7, stopsLeft > 0 {
            deeds.append(deed(midnight, minute: 615, .stop(customer: office.customers.count - stopsLeft)))
            stopsLeft -= 1
        }
        return deeds
    }

    private mutating func talk(on midnight: Date) -> [Deed] {
        let customer = chance.number(in: 0...office.customers.count - 1 - office.customers.count / 9)
        var minute = chance.number(in: 480...1050)
        var deeds: [Deed] = []
        for round in 0..<chance.number(in: 1...2) {
            let (question, answer) = chance.one(of: Self.exchanges[round])
            deeds.append(deed(midnight, minute: minute, .asks(customer: customer, text: question)))
            // Most are answered within minutes, some after lunch, very few never.
            guard chance.number(in: 1...200) > 1 else { return deeds }
            minute += chance.one(of: [1, 2, 2, 3, 3, 4, 5, 5, 6, 8, 9, 11, 15, 24, 38, 95])
            let reason = chance.number(in: 1...100) <= 4 ? chance.one(of: Self.reasons) : nil
            deeds.append(
                deed(
                    midnight, minute: minute,
                    .isAnswered(
                        customer: customer, text: answer, state: reason == nil ? .delivered : .failed, reason: reason)))
            minute += chance.number(in: 3...40)
        }
        return deeds
    }

    private mutating func chat(_ place: Int, on midnight: Date, ago: Int) -> [Deed] {
        var minute = chance.number(in: 500...900)
        var deeds: [Deed] = []
        for turn in 0..<chance.number(in: 0...5) {
            let text = chance.one(of: Self.small)
            deeds.append(deed(midnight, minute: minute, .chats(place: place, author: turn % 2, text: text)))
            minute += chance.number(in: 1...12)
        }
        if chance.number(in: 1...6) == 1 {
            deeds.append(deed(midnight, minute: minute, .meets(place: place, session: "demo-\(ago)-\(place)")))
        }
        return deeds
    }

    private mutating func deed(_ midnight: Date, minute: Int, _ kind: Kind) -> Deed {
        let second = Double(minute * 60 + chance.number(in: 0...59))
        return Deed(at: midnight.addingTimeInterval(second), office: office, kind: kind)
    }

    /// How a talk begins, and how it goes on.
    private static let exchanges = [
        [
            ("Hi, is a berth free this weekend? 32 ft.", "Yes, B 14. Shall I hold it for you?"),
            ("Are you open on Saturday?", "From 9 to 1. See you then!"),
            ("Has my order arrived?", "It came this morning and is ready for you at the counter."),
            ("Could you send me the invoice again?", "Just sent to your e-mail. Tell me if it doesn't come."),
            ("What would new decking cost, about 200 sq ft?", Self.offer),
            ("Running ten minutes late, sorry!", "No problem, we are here until six."),
            ("Is the crane free on Thursday morning?", "At 9:30 and 11. Which one suits you?"),
        ],
        [
            ("Great, please do.", "Done. You'll find us at the end of the pier."),
            ("Thanks! Do you take cards?", "All of them, and checks."),
            ("Perfect, see you tomorrow.", "See you! Ring the bell at the gate."),
            ("Can a friend pick it up for me?", "Sure. Please give them the order's number."),
        ],
    ]

    /// Two parts.
    private static let offer =
        "Around $2,400 with fitting, a little less for larch. The wood is here; we could begin in the second week of next "
        + "month. I'll write you an offer today and call you about the color."

    private static let reasons = [
        "The phone could not be reached.", "The phone could not be reached.", "There is no such number.",
        "The carrier has rejected the message.",
    ]

    private static let small = [
        "The 11 o'clock is here.", "On my way.", "Do we have the blue rope in stock?", "Two boxes, in the back.",
        "Can you take the desk for a minute?", "Sure.", "The crane is booked for Thursday.", "Thanks!",
    ]
}

extension SplitMix64 {
    fileprivate mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    fileprivate mutating func one<Choice>(of choices: [Choice]) -> Choice { choices[number(in: 0...choices.count - 1)] }
}
