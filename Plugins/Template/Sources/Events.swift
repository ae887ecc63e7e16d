import PatchbaySDK

extension Event {
    /// Somebody was greeted; only they are told, and their browser fetches the text.
    static func sent(_ greeting: Greeting) -> Event {
        Event(
            "hello.greeting.sent", in: greeting.domain, to: .users([greeting.to]),
            ["greetingId": .string(greeting.id.rawValue)])
    }
}
