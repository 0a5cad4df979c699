import CostModel
import Foundation
import Testing

@testable import Observation

@Suite("instance types")
struct CatalogTests {
    @Test("the built-in catalogue knows AWS's types")
    func builtIn() {
        #expect(InstanceCatalog.builtIn.entries.count == 1352)
        let entry = InstanceCatalog.builtIn["m5.xlarge"]
        #expect(entry?.vcpu == 4)
        #expect(entry?.memoryMiB == 16_384)
        #expect(entry?.architecture == "x86_64")
        #expect(entry?.hourly.description == "0.192")
        #expect(InstanceCatalog.builtIn["m6g.large"]?.architecture == "arm64")
        #expect(
            InstanceCatalog.builtIn.families["a1"]?.map(\.name) == [
                "a1.medium", "a1.large", "a1.xlarge", "a1.2xlarge", "a1.4xlarge", "a1.metal",
            ])
    }

    @Test("the built-in catalogue is the published one", .enabled(if: Shared.exists, "../shared is not there"))
    func published() {
        let none = InstanceCatalog(source: "nothing", entries: [])
        let (catalog, problems) = CatalogReader.read("data/catalog/aws_instance_catalog.csv", directory: Shared.path, over: none)
        #expect(catalog.entries == InstanceCatalog.builtIn.entries)
        #expect(problems.map(\.message) == ["40 instance types without vCPU, memory or price are passed over"])
    }

    @Test("a workspace's catalogue replaces the entries of the same names")
    func own() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "own.csv",
            """
            arch,instance_type,vcpu,memory_mib,on_demand_usd_hour_eu_west_1
            amd64,m5.xlarge,4,16384,0.214
            arm64,our.huge,128,1048576,9.5
            arm64,x.small,0,1024,1
            mips,x.large,1,1024,1
            """)
        let (catalog, problems) = CatalogReader.read("own.csv", directory: folder.path)
        #expect(catalog["m5.xlarge"]?.hourly.description == "0.214")
        #expect(catalog["our.huge"]?.family == "our")
        #expect(catalog["m5.large"]?.hourly.description == "0.096")
        #expect(
            problems.map(BillFolder.line) == [
                "own.csv:4:15: partial bad-row: vcpu: expected a whole number above 0, found '0'",
                "own.csv:5:1: partial bad-row: arch: expected x86_64 or arm64, found 'mips'",
            ])
    }

    @Test("types are known to take tags, not to, or not at all")
    func tags() {
        #expect(TaggableTypes.takesTags("aws_instance") == true)
        #expect(TaggableTypes.takesTags("aws_iam_role_policy_attachment") == false)
        // Its tags are blocks.
        #expect(TaggableTypes.takesTags("aws_autoscaling_group") == true)
        #expect(TaggableTypes.takesTags("aws_no_such_thing") == nil)
        #expect(TaggableTypes.takesTags("google_compute_instance") == true)
        #expect(TaggableTypes.takesTags("google_no_such_thing") == nil)
    }

    @Test("the facts about tags are the provider's", .enabled(if: Shared.exists, "../shared is not there"))
    func facts() throws {
        let text = try String(contentsOfFile: Shared.path + "/data/catalog/aws_provider_tags.csv", encoding: .utf8)
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            // The catalogue counts arguments called 'tags'; an Auto Scaling group has blocks instead.
            let hasBlocks = fields[0] == "aws_autoscaling_group"
            #expect(TaggableTypes.takesTags(String(fields[0])) == (fields[1] == "1" || hasBlocks))
        }
    }
}
