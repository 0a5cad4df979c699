import CostModel
import Diagnostics
import Observation
import Testing

@Suite("tags beside a key that is not known")
struct TerraformKeyTests {
    private func fixture(_ tags: String) -> TerraformFixture {
        TerraformFixture(
            """
            variable "cluster" {}
            locals {
              key  = "kubernetes.io/cluster/${var.cluster}"
              base = { team = "payments", "kubernetes.io/cluster/blue" = "owned" }
            }
            resource "aws_subnet" "s" {
              tags = \(tags)
            }
            """)
    }

    @Test(
        "are known where the key cannot be theirs",
        arguments: [
            "merge(local.base, { \"kubernetes.io/cluster/${var.cluster}\" = \"shared\" })",
            "merge(local.base, { (local.key) = \"shared\" })", "merge(local.base, { (\"kubernetes.io/${var.cluster}\") = \"shared\" })",
            "merge(local.base, { (format(\"kubernetes.io/cluster/%s\", var.cluster)) = \"shared\" })",
            "merge(local.base, tomap({ \"kubernetes.io/${var.cluster}\" = \"shared\" }))",
            "merge(local.base, true ? { \"kubernetes.io/${var.cluster}\" = \"shared\" } : {})",
        ])
    func known(tags: String) throws {
        let set = try #require(fixture(tags)["aws_subnet.s"]?.tags)
        #expect(set.tags["team"]?.value == "payments")
        #expect(set.tags["kubernetes.io/cluster/blue"]?.value == nil)
        #expect(set.reason(hiding: "cost-center") == nil)
        #expect(set.reason(hiding: "kubernetes.io/cluster/x") != nil)
        #expect(!set.insertions.isEmpty)
    }

    @Test(
        "are not known where it may be theirs",
        arguments: [
            "merge(local.base, { (var.cluster) = \"x\" })", "merge(local.base, { \"${var.cluster}\" = \"x\" })",
            "merge(local.base, { \"te${var.cluster}\" = \"x\" })", "merge(local.base, { \"${var.cluster}m\" = \"x\" })",
            "merge(local.base, { \"k/${var.cluster}\" = \"x\" }, { (var.cluster) = \"y\" })",
        ])
    func unknown(tags: String) throws {
        #expect(try #require(fixture(tags)["aws_subnet.s"]?.tags).tags["team"]?.value == nil)
    }
}
