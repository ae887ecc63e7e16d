/// What the e-mails and pages say, in one language.
struct Words: Sendable {
    /// Of the e-mail.
    struct Mail: Sendable {
        /// Of messages, then of conversations: “3 unread messages in 2 conversations”.
        let subject: @Sendable (Int, Int) -> String
        /// Of messages from one conversation: “2 unread messages: Bob Smith”.
        let subjectOfOne: @Sendable (Int, String) -> String
        let hello: @Sendable (String) -> String
        /// Of the domain's name.
        let waiting: @Sendable (String) -> String
        /// How many are unread in a conversation, and since when.
        let count: @Sendable (String, String) -> String
        let file: String
        let open: String
        let why: String
        let stop: String
        /// Of the number of further conversations.
        let more: @Sendable (Int) -> String
    }

    /// Of the pages behind the links.
    struct Page: Sendable {
        let product: String
        let toPortal: String
        let overTitle: String
        let over: String
        let brokenTitle: String
        let broken: String
        let goneTitle: String
        let gone: String
        let stopTitle: String
        /// Of an address, partly hidden.
        let stopQuestion: @Sendable (String) -> String
        let stopButton: String
        let stoppedTitle: String
        let stopped: String
        let againButton: String
        let onTitle: String
        let isOn: String
    }

    /// Of the e-mail that tries the settings.
    struct Trial: Sendable {
        let subject: String
        let text: String
    }

    let mail: Mail
    let page: Page
    let trial: Trial
}

extension Words {
    static let english = Words(
        mail: Mail(
            subject: { "\($0) unread messages in \($1) conversations" },
            subjectOfOne: { $0 == 1 ? "Unread message: \($1)" : "\($0) unread messages: \($1)" },
            hello: { "Hello \($0)," },
            waiting: { "these messages wait for you in the portal of \($0):" },
            count: { count, since in
                count == "1" ? "1 unread message, since \(since)" : "\(count) unread messages, since \(since)"
            },
            file: "[file]", open: "Open conversation",
            why:
                "You get this e-mail because messages stayed unread while you were away. Muted conversations are left out.",
            stop: "Stop these e-mails", more: { $0 == 1 ? "and 1 more conversation" : "and \($0) more conversations" }),
        page: Page(
            product: "Patchbay", toPortal: "Go to the portal",
            overTitle: "This link is too old",
            over: "Links in e-mails work for some days only. Sign in to the portal to find the conversation.",
            brokenTitle: "This link does not work",
            broken: "The address is incomplete or was changed on its way. Open the link in the e-mail itself.",
            goneTitle: "This conversation is not there any more",
            gone: "It was deleted, or its number belongs to somebody else now.",
            stopTitle: "Stop e-mails about unread messages?",
            stopQuestion: {
                "No more e-mails about unread messages will go to \($0). Your messages stay in the portal."
            },
            stopButton: "Stop the e-mails",
            stoppedTitle: "The e-mails are stopped",
            stopped:
                "You get no more e-mails about unread messages. In the portal’s settings you can change that at any time.",
            againButton: "I want them after all",
            onTitle: "The e-mails are on again",
            isOn: "You get an e-mail when messages stay unread while you are away."),
        trial: Trial(
            subject: "Test of the portal’s e-mails",
            text: "This e-mail was sent by an administrator to see whether the portal can send e-mails. It can."))

    static let german = Words(
        mail: Mail(
            subject: { "\($0) ungelesene Nachrichten in \($1) Unterhaltungen" },
            subjectOfOne: { $0 == 1 ? "Ungelesene Nachricht: \($1)" : "\($0) ungelesene Nachrichten: \($1)" },
            hello: { "Guten Tag \($0)," },
            waiting: { "diese Nachrichten warten im Portal von \($0) auf Sie:" },
            count: { count, since in
                count == "1"
                    ? "1 ungelesene Nachricht, seit \(since)" : "\(count) ungelesene Nachrichten, seit \(since)"
            },
            file: "[Datei]", open: "Unterhaltung öffnen",
            why:
                "Sie erhalten diese E-Mail, weil Nachrichten ungelesen blieben, während Sie nicht da waren. Stummgeschaltete Unterhaltungen sind ausgenommen.",
            stop: "Diese E-Mails abbestellen",
            more: { $0 == 1 ? "und 1 weitere Unterhaltung" : "und \($0) weitere Unterhaltungen" }),
        page: Page(
            product: "Patchbay", toPortal: "Zum Portal",
            overTitle: "Dieser Link ist zu alt",
            over:
                "Links in E-Mails gelten nur einige Tage. Melden Sie sich im Portal an, um die Unterhaltung zu finden.",
            brokenTitle: "Dieser Link funktioniert nicht",
            broken:
                "Die Adresse ist unvollständig oder wurde unterwegs verändert. Öffnen Sie den Link in der E-Mail selbst.",
            goneTitle: "Diese Unterhaltung gibt es nicht mehr",
            gone: "Sie wurde gelöscht, oder ihre Nummer gehört jetzt jemand anderem.",
            stopTitle: "E-Mails über ungelesene Nachrichten abbestellen?",
            stopQuestion: {
                "An \($0) gehen keine E-Mails über ungelesene Nachrichten mehr. Ihre Nachrichten bleiben im Portal."
            },
            stopButton: "E-Mails abbestellen",
            stoppedTitle: "Die E-Mails sind abbestellt",
            stopped:
                "Sie erhalten keine E-Mails über ungelesene Nachrichten mehr. In den Einstellungen des Portals können Sie das jederzeit ändern.",
            againButton: "Ich möchte sie doch",
            onTitle: "Die E-Mails sind wieder eingeschaltet",
            isOn: "Sie erhalten eine E-Mail, wenn Nachrichten ungelesen bleiben, während Sie nicht da sind."),
        trial: Trial(
            subject: "Test der E-Mails des Portals",
            text:
                "Diese E-Mail hat die Administration gesendet, um zu prüfen, ob das Portal E-Mails senden kann. Es kann."
        ))
}
