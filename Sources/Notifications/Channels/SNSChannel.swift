internal import CostModel
internal import Diagnostics
internal import JSON
internal import Programs

/// Amazon SNS, through AWS's own client: a message to a topic, or an SMS to a telephone.
///
/// The client is handed the message by its standard input, so that nothing of it is read as an option or as the name of a file.
struct SNSChannel: ChannelSupport {
    /// Characters of an SMS: two parts, of which each holds 153 of GSM's or 67 of others.
    static let longestText = 300
    /// SNS refuses a longer subject.
    static let longestSubject = 100

    private static let arguments = ["sns", "publish", "--cli-input-json", "file:///dev/stdin", "--output", "json"]

    func send(_ delivery: MessageDelivery, _ channel: MessageChannel, by ways: ChannelWays) throws(ChannelFault) -> DeliveryResult {
        guard let program = channel.program, let target = channel.recipients.first else {
            throw ChannelFault(message: "the channel has no program or nobody to send to")
        }
        let request = JSONWriter.bytes(of: Self.request(delivery, to: target), .compact, escaping: .standard)
        let named = ways.environment.filter { channel.environment.contains($0.key) }
        // Another attempt is ours to make, under the same id; a client reads its settings where it runs, never in a stranger's folder.
        let variables = ["AWS_PAGER": "", "AWS_MAX_ATTEMPTS": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"]
        let child = Child(
            program: program, arguments: Self.arguments, environment: named.merging(variables) { _, ours in ours }, folder: "/",
            input: request, outputLimit: 64 << 10, deadline: Int(channel.deadline.seconds) * 1_000)
        do throws(Child.Failure) { return Self.result(of: try child.run()) } catch {
            return .failed(Self.reason(error, program), after: nil, isOfChannel: true)
        }
    }

    static func request(_ delivery: MessageDelivery, to target: String) -> JSONValue {
        let message = delivery.message
        guard target.hasPrefix("arn:") else {
            return ["PhoneNumber": .string(target), "Message": .string(Message.cut(short(message), to: longestText))]
        }
        var attributes: [JSONValue.Member] = [
            attribute("event", message.event.rawValue), attribute("id", delivery.id), attribute("thread", delivery.thread),
            attribute("workspace", message.workspace),
        ]
        if let team = message.team { attributes.append(attribute("team", team)) }
        if let severity = message.severity { attributes.append(attribute("severity", severity.rawValue)) }
        var request: JSONValue = [
            "TopicArn": .string(target), "Subject": .string(subject(message.title)), "Message": .string(message.text),
            "MessageAttributes": .object(attributes),
        ]
        if target.hasSuffix(".fifo") {
            request = request.appending(["MessageGroupId": .string(delivery.thread), "MessageDeduplicationId": .string(delivery.id)])
        }
        return request
    }

    private static func attribute(_ name: String, _ value: String) -> JSONValue.Member {
        .init(name, ["DataType": "String", "StringValue": .string(value)])
    }

    /// SNS takes ASCII without line breaks that begins with a letter, a digit or a mark.
    private static func subject(_ title: String) -> String {
        let plain = String(String.UnicodeScalarView(title.unicodeScalars.map { (0x20...0x7E).contains($0.value) ? $0 : "?" }))
        let begun = plain.drop { $0 == " " }
        return begun.isEmpty ? "bursar" : Message.asciiCut(String(begun), to: longestSubject)
    }

    private static func short(_ message: Message) -> String {
        let amount = message.facts.first { $0.label == "Amount" }.map { ", \($0.value)" } ?? ""
        return "\(message.workspace): \(message.title)\(amount)" + (message.next.first.map { ". \($0)" } ?? "")
    }

    // MARK: What the client says

    private static func result(of run: Child.Result) -> DeliveryResult {
        if run.code == 0 { return .sent }
        let said = String(decoding: run.errors, as: UTF8.self)
        let line = said.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) } ?? ""
        let reason = "AWS's client ended with \(run.code)\(saying(line.utf8))"
        // A telephone whose owner wants nothing more.
        if said.contains("(OptedOut)") { return .gone(reason) }
        return .failed(reason, after: nil, isOfChannel: true)
    }

    private static func reason(_ failure: Child.Failure, _ program: String) -> String {
        switch failure {
        case .missing: "the program '\(program.printable)' is not there"
        case .deadline: "AWS's client did not end in time"
        case .tooMuchOutput: "AWS's client said too much"
        case .interrupted: "sending was stopped"
        case .system(let words): "AWS's client cannot be run: \(words)"
        }
    }
}

extension Message {
    /// As `cut`, with an end that is ASCII too.
    fileprivate static func asciiCut(_ text: String, to length: Int) -> String {
        text.utf8.count <= length ? text : String(text.prefix(length - 3)) + "..."
    }
}
