import Foundation

/// An HTML page that anybody can read without this program: everything is escaped, nothing is loaded, nothing runs.
struct ExportPage {
    private static let style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1c2530}\
        h1{font-size:1.4rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:#5b6773}\
        dd{margin:0}article{margin:.6rem 0;padding:.5rem .8rem;border-radius:.6rem;background:#eef1f4}\
        article.out{margin-left:4rem;background:#dbeafe}header{font-size:.8rem;color:#5b6773}\
        p{margin:.2rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
        """

    static func head(title: String) -> String {
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\
        <title>\(escaped(title))</title><style>\(style)</style></head><body><h1>\(escaped(title))</h1>

        """
    }

    static func facts(_ facts: [(String, String)]) -> String {
        "<dl>" + facts.map { "<dt>\(escaped($0.0))</dt><dd>\(escaped($0.1))</dd>" }.joined() + "</dl>\n"
    }

    static func message(
        from author: String, at moment: String, text: String, files: [String], isOurs: Bool, state: String
    ) -> String {
        let links = files.map { "<p>File: \(escaped($0))</p>" }.joined()
        return """
            <article class="\(isOurs ? "out" : "in")"><header>\(escaped(author)) · \(escaped(moment)) · \(escaped(state))\
            </header><p>\(escaped(text))</p>\(links)</article>

            """
    }

    static let foot = "</body></html>\n"

    /// `text` as it may stand in an element or in a quoted attribute.
    static func escaped(_ text: String) -> String {
        var safe = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "'": safe += "&#39;"
            // HTML has no place for control characters; these are drawn as what they are.
            case "\0"..."\u{8}", "\u{B}"..."\u{1F}": safe += "\u{FFFD}"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }
}
