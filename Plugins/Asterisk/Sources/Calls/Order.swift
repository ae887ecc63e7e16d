import PatchbaySDK

/// The order to place a call: the user's own phone first, then the dial plan for whom they want.
enum Order {
    /// - Throws: `PortalError` for values that Asterisk can't take.
    static func action(
        for request: CallRequest, channel: String, in domain: ServedDomain, ringTime: Duration
    ) throws(PortalError) -> AMIAction {
        let dialled = try domain.dialled(request.destination)
        var originate = AMIAction("Originate")
        try originate.add("Channel", try domain.endpoint.device(of: request.extension))
        try originate.add("Context", domain.context)
        try originate.add("Exten", dialled)
        try originate.add("Priority", "1")
        try originate.add("Timeout", String(ringTime.components.seconds * 1000))
        try originate.add("Async", "true")
        try originate.add("ChannelId", channel)
        // Not the header CallerID: that would be the caller's identity on leg 2 too, and Bob would see Bob calling.
        try originate.add("Variable", "CONNECTEDLINE(name,i)=\(shown(request.displayName))")
        try originate.add("Variable", "CONNECTEDLINE(num,i)=\(dialled)")
        for variable in domain.variables { try originate.add("Variable", "\(variable.name)=\(variable.value)") }
        return originate
    }

    /// A name as it may stand in a variable and on a phone's display: commas and semicolons would begin a variable of
    /// their own, quotes and backslashes hide what follows, `$` and braces mean something to the dial plan.
    static func shown(_ name: String) -> String {
        let kept = name.unicodeScalars.map { scalar -> Character in
            switch scalar {
            case ",", ";", "\"", "\\", "$", "{", "}", "[", "]", "(", ")", "<", ">", "|", "&", "=": " "
            case _ where scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format:
                " "
            case "\u{2028}", "\u{2029}": " "
            default: Character(scalar)
            }
        }
        let words = String(kept).split(separator: " ").joined(separator: " ")
        return String(words.prefix(60))
    }
}
