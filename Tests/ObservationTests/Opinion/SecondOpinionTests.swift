import CostModel
import TestSupport
import Testing

@testable import Observation

@Suite("a second opinion")
struct SecondOpinionTests {
    private let folder = TemporaryDirectory()

    private func opinion(_ script: String, deadline: Int64 = 20, limit: Int = 16 << 10, environment: [String: String] = [:]) throws
        -> SecondOpinion
    {
        try folder.writeProgram("#!/bin/sh\n" + script + "\n", to: "advisor")
        let client = OpinionClient(
            program: folder.path + "/advisor", arguments: ["--brief"], environment: ["ADVISOR_KEY"], deadline: TimeSpan(seconds: deadline),
            outputLimit: limit)
        return try #require(SecondOpinion(EngineClients([], opinion: client, environment: environment)))
    }

    @Test("is what the program says of the finding on its standard input, by named variables only")
    func asked() throws {
        let asked = try opinion(#"echo "$1 $ADVISOR_KEY ${OTHER-none}"; cat"#, environment: ["ADVISOR_KEY": "k", "OTHER": "o"])
        #expect(asked.ask(Array(#"{"finding":1}"#.utf8)) == .text("--brief k none\n{\"finding\":1}"))
        #expect(asked.name == "advisor")
    }

    @Test("loses control characters, long lines, empty lines and what is too much")
    func sanitised() throws {
        let said = try opinion(#"printf 'a\033[31mred\033[0m\n\n \tb\r\n'"#).ask([])
        #expect(said == .text("a\\u{1B}[31mred\\u{1B}[0m\n  b"))
        let advisor = try opinion("cat")
        guard
            case .text(let long) = advisor.shown(
                Array((String(repeating: "x", count: 2_000) + "\n").utf8) + Array(repeating: 0x0A, count: 3))
        else {
            Issue.record("no text")
            return
        }
        #expect(long.count == 500)
        guard case .text(let many) = advisor.shown(Array(String(repeating: "line\n", count: 500).utf8)) else {
            Issue.record("no text")
            return
        }
        #expect(many.hasSuffix("\n…") && many.split(separator: "\n").count == 61)
    }

    @Test("is none, for a reason, where the program fails, is silent, says too much or is not there")
    func failing() throws {
        #expect(try opinion("exit 4").ask([]) == .none("'advisor' failed with exit code 4"))
        #expect(try opinion(":").ask([]) == .none("the answer is empty"))
        #expect(try opinion("yes", limit: 1_000).ask([]) == .none("'advisor' answered more than 1000 bytes"))
        #expect(try opinion("sleep 30", deadline: 1).ask([]) == .none("'advisor' did not answer within 1s"))
        let gone = SecondOpinion(EngineClients([], opinion: OpinionClient(program: "/nowhere/advisor"), environment: [:]))
        #expect(gone?.ask([]) == .none("'advisor' is not there"))
        #expect(SecondOpinion(.none) == nil)
    }

    @Test("is not asked about secrets, nor about more than it should read, and none is shown that comes back")
    func secrets() throws {
        let token = "ghp_" + String(repeating: "a", count: 36)
        let asked = try opinion("cat")
        #expect(asked.ask(Array("{\"tag\":\"\(token)\"}".utf8)) == .none("the finding holds a GitHub token, and was not handed on"))
        #expect(asked.ask([UInt8](repeating: 0x20, count: SecondOpinion.questionLimit + 1)) == .none("the finding is larger than 64 KiB"))
        #expect(try opinion("echo \(token)").ask([]) == .none("the answer holds a GitHub token, and is not shown"))
    }

    @Test(
        "shows none of the values of its variables, in no form, nor where it was kept with one",
        arguments: ["cat", "base64", "sed 's/-/%2D/'", "od -An -tx1 | tr -d ' \\n'", "fold -w 5"])
    func variables(form: String) throws {
        let environment = ["ADVISOR_KEY": "adv-PL4NT3D-m4rk"]
        let said = try opinion("printf 'my key is '; printf %s \"$ADVISOR_KEY\" | \(form)", environment: environment)
        #expect(said.ask([]) == .text("my key is ***"))
        #expect(said.shown(Array("kept: adv-PL4NT3D-m4rk".utf8)) == .text("kept: ***"))
    }

    @Test("is kept by the program and the question")
    func keys() throws {
        let asked = try opinion("cat")
        #expect(asked.key(of: [1]) != asked.key(of: [2]))
        #expect(asked.key(of: [1]) == asked.key(of: [1]))
        #expect(asked.key(of: [1]).utf8.count == 64)
    }
}
