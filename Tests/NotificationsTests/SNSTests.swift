import CostModel
import Foundation
import JSON
import TestSupport
import Testing

@testable import Notifications

/// AWS's client is stood in for by programs that print and end as it does.
@Suite("a message to SNS")
struct SNSTests {
    private static let topic = "arn:aws:sns:eu-central-1:111122223333:cost"
    private let folder = TemporaryDirectory()

    private func send(_ script: String, to target: String = topic, _ message: Message = ChannelFormTests.message()) throws -> DeliveryResult
    {
        try folder.writeProgram("#!/bin/sh\n\(script)\n", to: "aws")
        let channel = MessageChannel(
            name: "sns", kind: .sns, deadline: TimeSpan(seconds: 2), recipients: [target], program: folder.path + "/aws",
            environment: ["AWS_PROFILE"])
        return MessageSender(channel, version: "1", environment: ["AWS_PROFILE": "finops", "AWS_SECRET_ACCESS_KEY": "never"])
            .send(ChannelFormTests.delivery(message), at: ChannelFormTests.now)
    }

    private func text(_ name: String) throws -> String { String(decoding: try folder.read(name), as: UTF8.self) }

    @Test("is handed to the client by its input, with the variables that the channel names and no others")
    func client() throws {
        #expect(try send("echo \"$@\" >\(folder.path)/arguments; env >\(folder.path)/environment; cat >\(folder.path)/input") == .sent)
        #expect(try text("arguments") == "sns publish --cli-input-json file:///dev/stdin --output json\n")
        let environment = try text("environment")
        #expect(environment.contains("AWS_PROFILE=finops\n") && !environment.contains("never"))
        let input = try JSONReader.read(try folder.read("input"))
        #expect(input["TopicArn"]?.text == Self.topic && input["Subject"] == "2 new findings of 'payments'")
        #expect(input["MessageAttributes"]?["id"] == ["DataType": "String", "StringValue": "m-0123"])
        #expect(input["Message"]?.text?.contains("412.50 USD at stake in a month") == true && input["MessageGroupId"] == nil)
    }

    @Test("has what a FIFO topic tells doubles by")
    func fifo() {
        let request = SNSChannel.request(ChannelFormTests.delivery(ChannelFormTests.message()), to: Self.topic + ".fifo")
        #expect(request["MessageDeduplicationId"] == "m-0123" && request["MessageGroupId"] == "m-0123")
    }

    @Test("is short on a telephone", arguments: HostileNames.all)
    func telephone(name: String) throws {
        let request = SNSChannel.request(ChannelFormTests.delivery(ChannelFormTests.message(name)), to: "+4912345678")
        let text = try #require(request["Message"]?.text)
        #expect(text.unicodeScalars.count <= SNSChannel.longestText && text.hasPrefix("acme: ") && request["Subject"] == nil)
    }

    @Test("has a subject that SNS takes, whatever a name is", arguments: HostileNames.all)
    func subject(name: String) throws {
        var message = ChannelFormTests.message(name)
        message.title = Message.cut(name, to: 300)
        let subject = try #require(SNSChannel.request(ChannelFormTests.delivery(message), to: Self.topic)["Subject"]?.text)
        #expect((1...100).contains(subject.utf8.count) && subject.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !subject.hasPrefix(" "))
    }

    @Test(
        "that the client did not send is sent again, with the client's words",
        arguments: [
            ("echo 'An error occurred (Throttling) when calling the Publish operation: Rate exceeded' >&2; exit 254", "(Throttling)"),
            ("echo; echo 'Unable to locate credentials. You can configure credentials' >&2; exit 253", "Unable to locate credentials"),
            ("exit 255", "ended with 255"), ("kill -9 $$", "ended with 137"), ("sleep 60", "did not end in time"),
            ("yes", "said too much"),
        ])
    func failures(script: String, words: String) throws {
        let result = try send(script)
        guard case .failed(let reason, after: nil, isOfChannel: true) = result else { return #expect(Bool(false), "\(result)") }
        #expect(reason.contains(words))
    }

    @Test("goes nowhere without a client, and no more to a telephone whose owner wants none")
    func ends() throws {
        let channel = MessageChannel(name: "sns", kind: .sns, recipients: [Self.topic], program: "/nowhere/aws")
        let result = MessageSender(channel, version: "1").send(
            ChannelFormTests.delivery(ChannelFormTests.message()), at: ChannelFormTests.now)
        #expect(result == .failed("the program '/nowhere/aws' is not there", after: nil, isOfChannel: true))
        let gone = try send(
            "echo 'An error occurred (OptedOut) when calling the Publish operation: opted out' >&2; exit 254", to: "+4912345678")
        guard case .gone = gone else { return #expect(Bool(false), "\(gone)") }
    }
}
