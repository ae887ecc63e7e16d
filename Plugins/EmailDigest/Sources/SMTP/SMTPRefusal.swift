/// What the server won't do, and at which step.
struct SMTPRefusal: Error, Sendable, Equatable {
    /// The steps of a delivery, in their order.
    enum Step: String, Sendable {
        case greeting, hello, startTLS, signIn, sender, recipient, content
    }

    let step: Step
    /// What it said; `nil` when it doesn't offer what is needed.
    let reply: SMTPReply?

    /// Whether only this one message is concerned: the next may pass.
    var concernsMessage: Bool {
        guard step == .recipient || step == .content else { return false }
        // 421: it closes the connection, whatever was asked.
        return reply?.code != 421
    }

    /// Whether it may work later.
    var isTransient: Bool { reply?.isTransient ?? false }

    /// For the administrator, with the server's own words.
    var sentence: String {
        let words = reply?.words ?? ""
        return switch (step, reply) {
        case (.startTLS, nil): "The mail server doesn't offer STARTTLS, and nothing is sent without it."
        case (.signIn, nil): "The mail server offers no sign-in by PLAIN or LOGIN."
        case (.recipient, nil):
            "The mail server can't deliver to an address that isn't ASCII (it doesn't offer SMTPUTF8)."
        case (.greeting, _): "The mail server takes nothing from here: \(words)"
        case (.hello, _): "The mail server refuses the portal's greeting: \(words)"
        case (.startTLS, _): "The mail server refuses STARTTLS: \(words)"
        case (.signIn, _): "The mail server refuses user name or password: \(words)"
        case (.sender, _): "The mail server refuses the sender's address: \(words)"
        case (.recipient, _): "The mail server refuses the recipient: \(words)"
        case (.content, _): "The mail server refuses the message: \(words)"
        }
    }

    /// What to change, and where.
    var mend: String? {
        switch step {
        case .startTLS: "Use smtps:// if the server has it, or set \"startTLS\" to false for a server on this machine."
        case .signIn: "Look at \"username\" and \"password\" in the plugin's settings."
        case .sender: "Set \"from\" to an address that this user may send from."
        case .greeting, .hello: "Let the mail server take e-mails from this machine."
        case .recipient, .content: nil
        }
    }
}
