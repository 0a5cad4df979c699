import CostModel
import Foundation
import Reconciliation
import TestSupport
import Testing

/// A change could bring the state that calls its own machine tagged: not in a file that it edits, but behind a link or in a submodule.
@Suite("states behind links and in submodules that a change brings")
struct TouchedDoorTests {
    /// Its tags are the state's, whatever the code says.
    private static let hidden = """
        resource "aws_sqs_queue" "more" {
          name = "more"
          lifecycle {
            ignore_changes = [tags]
          }
        }

        """
    private static let tags = "\"tags\": {\"team\": \"payments\", \"cost-center\": \"CC-1010\"}"
    private static let deployed = SmallEstate.state(name: "more").replacing("\"id\": \"jobs\"", with: "\"id\": \"more\", \(tags)")

    private func estate(states: String, _ base: (SmallEstate) throws -> Void) throws -> SmallEstate {
        let estate = try SmallEstate(committing: false)
        let workspace = SmallEstate.workspace().replacing("observed/state/{root}/terraform.tfstate", with: states)
        try estate.repository.write(workspace, to: "bursar.yaml")
        try estate.repository.write(SmallEstate.state(), to: "states/app.tfstate")
        try base(estate)
        try estate.repository.commit("the estate")
        try estate.repository.git(["checkout", "--quiet", "-b", "change"])
        try estate.repository.write(Self.hidden, to: "infra/app/more.tf")
        return estate
    }

    private func submodule(_ path: String, in estate: SmallEstate) throws {
        try? FileManager.default.removeItem(atPath: "\(estate.path)/\(path)")
        try estate.repository.git(["init", "--quiet", path])
        try estate.repository.write(Self.deployed, to: "\(path)/b.tfstate")
        let inside = ["-C", path, "-c", "user.name=a", "-c", "user.email=a@example.com"]
        try estate.repository.git(inside + ["add", "--all"])
        try estate.repository.git(inside + ["commit", "--quiet", "--message", "a state"])
        try estate.repository.git(["add", "--all"])
    }

    private func link(_ path: String, to target: String, in estate: SmallEstate) throws {
        try? FileManager.default.removeItem(atPath: "\(estate.path)/\(path)")
        try FileManager.default.createSymbolicLink(atPath: "\(estate.path)/\(path)", withDestinationPath: target)
    }

    /// Whether the new queue blocks, or what is missing is said.
    private func isSeen(_ estate: SmallEstate) throws -> Bool {
        try estate.repository.commit("the change")
        let outcome = try ChangeCheck(estate.path, now: SmallEstate.now).compare(try estate.open(), with: "main")
        let blocks = outcome.deciding.contains { $0.blocks && $0.resource?.identity.address == "aws_sqs_queue.more" }
        return blocks || outcome.head.observed.isPartial
    }

    @Test("a submodule in the place of the folder, or beside what it has, does not count")
    func submodules() throws {
        let inPlace = try estate(states: "states/*.tfstate") { _ in }
        try submodule("states", in: inPlace)
        #expect(try isSeen(inPlace))
        let beside = try estate(states: "states/**/*.tfstate") { _ in }
        try submodule("states/sub", in: beside)
        #expect(try isSeen(beside))
    }

    @Test("a link that the change makes, turns or fills does not count")
    func links() throws {
        let made = try estate(states: "states/*.tfstate") { _ in }
        try made.repository.write(Self.deployed, to: "fake/a.tfstate")
        try link("states", to: "fake", in: made)
        #expect(try isSeen(made))
        let turned = try estate(states: "here/*.tfstate") { try link("here", to: "states", in: $0) }
        try turned.repository.write(Self.deployed, to: "fake/a.tfstate")
        try link("here", to: "fake", in: turned)
        #expect(try isSeen(turned))
        let filled = try estate(states: "here/*.tfstate") { try link("here", to: "states", in: $0) }
        try filled.repository.write(Self.deployed, to: "states/b.tfstate")
        #expect(try isSeen(filled))
    }

    @Test("a link that the change leaves alone counts where links are followed, and so does the folder")
    func others() throws {
        let estate = try estate(states: "states/*.tfstate") {
            try link("here", to: "states", in: $0)
            try $0.repository.write(Self.deployed, to: "states/b.tfstate")
        }
        try estate.repository.commit("the change")
        let outcome = try ChangeCheck(estate.path, now: SmallEstate.now).compare(try estate.open(), with: "main")
        #expect(!outcome.head.observed.isPartial)
        #expect(outcome.head.observed.resources.contains { $0.identity.address == "aws_sqs_queue.more" && $0.deployed != nil })
    }
}
