import TestSupport
import Testing

@testable import Commands

@Suite("the manual page")
struct ManualTests {
    @Test("says all that the descriptions say")
    func everything() {
        let page = Said("man").output
        let plain = page.replacing(#"\-"#, with: "-")
        for command in Registry.commands {
            #expect(plain.contains(".SS \"bursar \(command.name) "))
            for option in command.allOptions { #expect(plain.contains(option.name), "\(option.name)") }
        }
        for code in ExitCode.allCases { #expect(plain.contains("\\fB\(code.rawValue)\\fR")) }
        #expect(page.hasPrefix(#".TH "BURSAR" 1 "" "bursar "#))
    }

    @Test("is one that groff has nothing to say about", .enabled(if: Program.named("groff") != nil))
    func groff() throws {
        let groff = try #require(Program.named("groff"))
        for words in [[]] + Registry.commands.map({ [$0.name] }) {
            let result = try groff.run("-man", "-Tutf8", "-ww", input: Said(["man"] + words).output)
            #expect(result.code == 0 && result.error == "", "\(words) \(result.error)")
            #expect(result.output.contains("User Commands"))
        }
    }

    @Test("keeps a text a text: no request, no escape, no other character")
    func escapes() throws {
        let command = Command(
            "walk", "walks", discussion: ".TH of 'x' and \\fB, a^b ~ `c` \"d\" … é --all\n\n'tis",
            examples: [.init("a  b 'c' --d", "spaces")]
        ) { _, _ throws(CommandFailure) in .clean }
        let page = ManualPage.page(of: command)
        #expect(page.contains(#"\&.TH of \(aqx\(aq and \efB, a\(hab \(ti \(gac\(ga \(dqd\(dq \[u2026] \[u00E9] \-\-all"#))
        #expect(page.contains("\n\\(aqtis\n"))
        #expect(page.contains("\na  b \\(aqc\\(aq \\-\\-d\n"))
        guard let groff = Program.named("groff") else { return }
        let result = try groff.run("-man", "-Tutf8", "-ww", "-P-cbou", input: page)
        #expect(result.error == "")
        #expect(result.output.contains("…") && result.output.contains("--all") && result.output.contains("'x'"))
    }

    @Test("is there for each command, and for no other")
    func commands() {
        #expect(Said("man", "check").output.hasPrefix(#".TH "BURSAR\-CHECK" 1"#))
        let said = Said("man", "chekc")
        #expect(said.code == 2 && said.error.contains("did you mean 'check'?"))
    }
}
