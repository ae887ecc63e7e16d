import PatchbaySDK

/// A small page of the portal's look, without script: one thing said, and one thing to do.
struct PublicPage: Sendable {
    /// What can be done about the e-mails.
    struct Button: Sendable {
        let text: String
        let isOn: Bool

        init(_ text: String, isOn: Bool) {
            self.text = text
            self.isOn = isOn
        }
    }

    private let language: Language
    private let title: String
    private let sentence: String
    private let button: Button?

    init(_ language: Language, _ title: String, _ sentence: String, button: Button? = nil) {
        self.language = language
        self.title = title
        self.sentence = sentence
        self.button = button
    }

    func response(status: Int = 200) -> PluginResponse {
        PluginResponse(
            status: status, headers: EmailDigestPlugin.headers(["content-type": "text/html; charset=utf-8"]),
            body: Array(html.utf8))
    }

    private var html: String {
        let say = HTMLText.escaped
        let words = language.words.page
        var lines = [
            "<!doctype html>", "<html lang=\"\(language.rawValue)\" dir=\"ltr\">", "<head>", "<meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            "<meta name=\"color-scheme\" content=\"light dark\">",
            "<title>\(say(title)) · \(say(words.product))</title>",
            "<link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\">",
        ]
        lines += ["/css/tokens.css", "/css/shared.css", "/plugins/email/page.css"].map {
            "<link rel=\"stylesheet\" href=\"\($0)\">"
        }
        lines += [
            "</head>", "<body class=\"mail-page\">", "<main class=\"card\">",
            "<p class=\"brand\"><img src=\"/icon.svg\" alt=\"\" width=\"28\" height=\"28\">\(say(words.product))</p>",
            "<h1>\(say(title))</h1>", "<p>\(say(sentence))</p>",
        ]
        if let button {
            lines += [
                "<form method=\"post\">",
                "<input type=\"hidden\" name=\"want\" value=\"\(button.isOn ? "on" : "off")\">",
                "<button class=\"btn \(button.isOn ? "" : "primary ")tall\">\(say(button.text))</button>", "</form>",
            ]
        }
        lines += ["<p><a href=\"/\">\(say(words.toPortal))</a></p>", "</main>", "</body>", "</html>", ""]
        return lines.joined(separator: "\n")
    }
}
