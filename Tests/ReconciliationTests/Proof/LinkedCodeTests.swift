import CostModel
import Foundation
import Reconciliation
import TestSupport
import Testing

/// Terraform follows links, and nobody here does.
@Suite("code that links lead to")
struct LinkedCodeTests {
    private func link(_ path: String, to target: String, in estate: SmallEstate) throws {
        let file = URL(filePath: estate.path).appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: target)
    }

    @Test(
        "is advised on and not patched: what the link's root makes of it is not known",
        arguments: [
            ("infra/other/common.tf", "../app/main.tf"), ("infra/other/shared", "../app"), ("infra/app/again.tf", "main.tf"),
            ("infra/other/common.tf", "../../infra/./app/main.tf"), ("docs/main.tf", "../infra/app/main.tf"),
        ])
    func advised(path: String, target: String) throws {
        let estate = try SmallEstate(committing: false)
        if path.hasPrefix("infra/other") { try estate.repository.write("output \"o\" { value = 1 }\n", to: "infra/other/out.tf") }
        try link(path, to: target, in: estate)
        try estate.repository.commit("the estate and a link")
        let plan = try estate.plan()
        #expect(!plan.changes.isEmpty && plan.changes.allSatisfy { $0.applicability == .advisory })
        #expect(plan.changes.contains { $0.reason?.contains("read through the link '\(path)'") == true })
        #expect(try estate.evaluate().fixable().isEmpty)
    }

    @Test(
        "is patched where the link leads elsewhere or out of the tree, or stands where no code is",
        arguments: [
            ("infra/other/common.tf", "../third/main.tf"), ("infra/other/common.tf", "/infra/app/main.tf"),
            ("infra/other/common.tf", "../../../infra/app/main.tf"), ("docs/current", "../infra"),
        ])
    func patched(path: String, target: String) throws {
        let estate = try SmallEstate(committing: false)
        try link(path, to: target, in: estate)
        try estate.repository.commit("the estate and a link")
        #expect(try estate.plan().changes.contains { $0.applicability != .advisory })
    }
}
