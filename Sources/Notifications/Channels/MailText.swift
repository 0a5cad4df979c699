internal import CostModel
internal import Secrets
internal import WebClient

/// A message as a mail (RFC 5322): header, plain text and HTML as alternatives (RFC 2046), each line ASCII and short (RFC 2045).
///
/// Names reach the header only encoded, so that none of them begins a line of it.
struct MailText {
    let bytes: [UInt8]

    init(_ delivery: MessageDelivery, from sender: String, to recipients: [String], at now: Instant) {
        let message = delivery.message
        let domain = sender.split(separator: "@").last.map(String.init) ?? "localhost"
        func reference(_ id: String) -> String { "<\(id)@\(domain)>" }
        var lines = [
            "From: Bursar <\(sender)>", "To: " + recipients.joined(separator: ",\r\n "),
            "Subject: " + Self.header(Self.subject(of: message)),
            "Date: " + WebTime.http(now.seconds).replacing("GMT", with: "+0000"), "Message-ID: " + reference(delivery.id),
        ]
        let parent = delivery.parent?.id ?? (delivery.thread == delivery.id ? nil : delivery.thread)
        if let parent { lines += ["In-Reply-To: " + reference(parent), "References: " + reference(parent)] }
        // Ids are of hexadecimal digits, and no line of quoted-printable text begins with two hyphens and one of them.
        let boundary = "=_\(delivery.id)"
        lines += [
            "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: multipart/alternative; boundary=\"\(boundary)\"", "",
            "--\(boundary)", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
            Self.quotedPrintable(message.text), "--\(boundary)", "Content-Type: text/html; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable", "", Self.quotedPrintable(MailPage.html(of: message)), "--\(boundary)--", "",
        ]
        bytes = Array(lines.joined(separator: "\r\n").utf8)
    }

    private static func subject(of message: Message) -> String {
        let severity = message.severity.map { $0 >= .high && !message.isResolution ? "[\($0.rawValue)] " : "" } ?? ""
        return "\(message.workspace): \(severity)\(message.title)"
    }

    /// Encoded words of Base64 (RFC 2047), each at most 75 characters, where the text is more than plain ASCII of one line.
    static func header(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?") && text.utf8.count <= 60
        if isPlain { return text }
        var words: [String] = []
        var piece: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if piece.count + bytes.count > 45 {
                words.append("=?utf-8?B?\(Base64.text(of: piece))?=")
                piece = []
            }
            piece += bytes
        }
        words.append("=?utf-8?B?\(Base64.text(of: piece))?=")
        return words.joined(separator: "\r\n ")
    }

    /// Lines of at most 76 characters, with what is not printable ASCII as `=` and two digits (RFC 2045, 6.7).
    static func quotedPrintable(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var result = ""
            var width = 0
            let bytes = Array(line.utf8)
            for (index, byte) in bytes.enumerated() {
                let isBlankAtEnd = byte == 0x20 && index == bytes.count - 1
                let isPlain = (0x20...0x7E).contains(byte) && byte != 0x3D && !isBlankAtEnd
                let length = isPlain ? 1 : 3
                // Room for the `=` that says that the line goes on.
                if width + length > 75 {
                    result += "=\r\n"
                    width = 0
                }
                if isPlain {
                    result.unicodeScalars.append(Unicode.Scalar(byte))
                } else {
                    result += "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
                }
                width += length
            }
            return result
        }
        .joined(separator: "\r\n")
    }
}

/// The message as HTML that mail programs show: one table of its facts, without images, scripts, or anything that is fetched.
private enum MailPage {
    static func html(of message: Message) -> String {
        let color = message.isResolution ? "#1a7f37" : (message.severity ?? .low) >= .high ? "#b42318" : "#1f2328"
        var lines = [
            "<!DOCTYPE html>", "<html lang=\"en\"><head><meta charset=\"utf-8\"><title>\(escaped(message.title))</title></head>",
            "<body style=\"font-family:sans-serif;color:#1f2328;max-width:44em\">",
            "<h1 style=\"font-size:1.2em;color:\(color)\">\(escaped(message.title))</h1>", "<table>",
        ]
        lines += message.facts.map { fact in
            "<tr><th style=\"text-align:left;padding-right:1em;font-weight:normal;color:#57606a\">\(escaped(fact.label))</th>"
                + "<td>\(escaped(fact.value))</td></tr>"
        }
        lines.append("</table>")
        if !message.items.isEmpty { lines += ["<ul>"] + message.lines.map { "<li>\(escaped($0))</li>" } + ["</ul>"] }
        if !message.next.isEmpty {
            lines += ["<p>What to do:</p>", "<pre>" + message.next.map(escaped).joined(separator: "\n") + "</pre>"]
        }
        if let url = message.url { lines.append("<p><a href=\"\(escaped(url))\">Open the request</a></p>") }
        return (lines + ["</body></html>", ""]).joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
